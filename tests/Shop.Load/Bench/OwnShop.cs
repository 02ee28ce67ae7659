using Npgsql;
using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Fire;

namespace Shop.Load.Bench;

/// <summary>An embedded shop with stores of its own, as a process of its own, for a part of a bench. Nothing is left of it.</summary>
internal sealed class OwnShop : IAsyncDisposable
{
    private readonly string _home;
    private readonly HostProcess _process;
    private readonly ShopClient _client;

    private OwnShop(string home, HostProcess process, RunningShop running, int clients)
    {
        (_home, _process) = (home, process);
        var address = ShopAddress.Parse(running.Address);
        Database = NpgsqlDataSource.Create(BenchOrders.Primary(running.Postgres));
        _client = new(address, clients);
        Rush = new(_client, address, Database, clients);
    }

    /// <summary>Its primary.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Places orders.</summary>
    public Rush Rush { get; }

    /// <summary>Opens one, with the sample catalogue.</summary>
    /// <param name="settings">What is set otherwise than by default, each as <c>Name=Value</c>.</param>
    /// <param name="clients">Who orders at once.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<OwnShop> OpenAsync(
        IEnumerable<string> settings,
        int clients,
        CancellationToken cancel
    )
    {
        var home = Directory.CreateTempSubdirectory("shop-bench-").FullName;
        ShopHome.Prepare(home);
        var process = HostProcess.Start(
            "dotnet",
            [
                Programs.BuiltWithUs.Web,
                "run",
                "--urls",
                TownNode.FreeUrl(),
                // Whoever orders does not accept them first.
                "--Sample:Terms=false",
                .. settings.Select(one => $"--{one}"),
            ],
            new Dictionary<string, string> { ["SHOP_HOME"] = home },
            readyWord: "The shop is open"
        );
        try
        {
            await process.ReadyAsync(cancel);
            return new(home, process, RunningShop.At(home)!, clients);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it as an operator does.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Database.DisposeAsync();
        await _process.StopAsync(CancellationToken.None);
        _process.Dispose();
        ShopHome.Remove(_home);
    }
}
