using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Kernel;

namespace Shop.Tests.Fixtures;

/// <summary>The program's own registrations; only clock, ids and addresses are the test's.</summary>
internal static class ShopHost
{
    /// <summary>When every test begins.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What all nodes of a test encrypt their keys with.</summary>
    public const string KeySecret = "a secret of tests that is long enough";

    /// <summary>A shop that has not been started.</summary>
    public static IHost Build(
        string postgres,
        string redis,
        FakeTimeProvider? clock = null,
        params (string Name, string Value)[] settings
    ) => Build(postgres, redis, clock, _ => { }, settings);

    /// <summary>The same, with something else in the place of what the program registers.</summary>
    public static IHost Build(
        string postgres,
        string redis,
        FakeTimeProvider? clock,
        Action<IServiceCollection> change,
        params (string Name, string Value)[] settings
    )
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:Shop"] = postgres,
                ["ConnectionStrings:Redis"] = redis,
                ["Accounts:KeySecret"] = KeySecret,
                // Its clock stands still.
                ["GraphQL:Transport:FarewellFor"] = "00:00:00",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))
        );
        Shop.GraphQL.Host.Program.AddShop(builder.Services, builder.Configuration);
        builder.Services.Replace(
            ServiceDescriptor.Singleton<TimeProvider>(clock ?? new FakeTimeProvider(Now))
        );
        builder.Services.ShareSchemas();
        builder.Services.Replace(ServiceDescriptor.Singleton(Ids()));
        change(builder.Services);
        builder.ConfigureContainer(
            new DefaultServiceProviderFactory(new() { ValidateScopes = true, ValidateOnBuild = true })
        );
        return builder.Build();
    }

    // A clock that stands still gives 4096 ids and no more; this one moves on by itself, the same way in each run.
    private static NewId Ids() =>
        new(
            new FakeTimeProvider(Now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) },
            machine: () => new(1, UsedUntil: default),
            spareBlock: _ => throw new InvalidOperationException("The clock of the ids never goes back.")
        );
}
