using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage;
using Shop.Data.Storage.Ids;

namespace Shop.Load.Plan;

/// <summary>Plans promotions in a shop on this machine, by the shop's own verbs and on its own stores.</summary>
internal sealed class Merchant : IAsyncDisposable
{
    // No customer: what an operator does.
    private static readonly CustomerId _operator = new(0);

    private readonly ServiceProvider _services;

    private Merchant(ServiceProvider services) => _services = services;

    /// <param name="postgres">The shop's connection string.</param>
    /// <param name="redis">Likewise.</param>
    /// <param name="cancel">Ends the wait for a machine number.</param>
    public static async Task<Merchant> OpenAsync(string postgres, string redis, CancellationToken cancel)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("ConnectionStrings:Shop", postgres),
                new("ConnectionStrings:Redis", redis),
            ])
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(settings)
            .AddSingleton(TimeProvider.System)
            .AddSettings<ShopOptions>(ShopOptions.Section)
            .AddRedis()
            .AddIds()
            .AddPricing()
            .BuildServiceProvider();
        await services.GetRequiredService<MachineLease>().StartAsync(cancel);
        return new(services);
    }

    /// <summary>What the shop's prices are in.</summary>
    public string Currency { get; } = new ShopOptions().Currency;

    /// <summary>Saves a promotion, which runs from now on.</summary>
    public async Task<PromotionId> PlanAsync(Promotion promotion, CancellationToken cancel) =>
        await _services
            .GetRequiredService<SavePromotion>()
            .RunAsync(new(Guid.CreateVersion7(), Id: null, IfVersion: null, promotion, _operator), cancel)
            is SavePromotionResult.Saved(var id, _)
            ? id
            : throw new UsageException($"{promotion.Title} cannot be planned.");

    /// <summary>Stops it.</summary>
    public Task PauseAsync(PromotionId promotion, CancellationToken cancel) =>
        _services
            .GetRequiredService<PausePromotion>()
            .RunAsync(new(Guid.CreateVersion7(), promotion, IfVersion: null, _operator), cancel);

    /// <summary>Gives it a code.</summary>
    public async Task NameAsync(PromotionId promotion, string code, CancellationToken cancel)
    {
        var request = new CreateCodesRequest(
            Guid.CreateVersion7(),
            promotion,
            [code],
            Made: 0,
            Prefix: "",
            EndsAt: null,
            _operator
        );
        if (
            await _services.GetRequiredService<CreateCodes>().RunAsync(request, cancel)
            is not CreateCodesResult.Created
        )
        {
            throw new UsageException($"The code {code} is taken.");
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
