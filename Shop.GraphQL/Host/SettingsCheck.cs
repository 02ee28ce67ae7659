using Microsoft.Extensions.Options;
using Shop.GraphQL.Admission;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host;

/// <summary>Reads all settings, and the files of documents and of rules that they name, before anything is started.</summary>
internal static class SettingsCheck
{
    // What a shop with stores of its own gets with its home.
    private static readonly Dictionary<string, string?> _later = new()
    {
        [KeySecret.Setting] = new string('-', 64),
    };

    /// <exception cref="CannotStartException">Some cannot be read, or are outside of their ranges.</exception>
    public static async Task NeedAsync(IConfiguration settings)
    {
        var whole = new ConfigurationBuilder()
            .AddInMemoryCollection(_later)
            .AddConfiguration(settings)
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(whole).AddLogging();
        try
        {
            Program.AddShop(services, whole);
            await using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IStartupValidator>().Validate();
            provider.GetRequiredService<TrustedDocuments>();
            provider.GetService<RuleFile>();
        }
        catch (Exception fault) when (SettingFaults.Told(fault) is { } why)
        {
            throw new CannotStartException(why, fault);
        }
    }
}
