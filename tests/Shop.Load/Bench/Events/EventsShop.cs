using Npgsql;
using Shop.Load.Client;
using Shop.Load.Fire;

namespace Shop.Load.Bench.Events;

/// <summary>An embedded shop at <c>SHOP_HOME</c> for a part of a bench, as a process of its own: with others outside, or without.</summary>
internal sealed class EventsShop : IAsyncDisposable
{
    private readonly HostProcess _process;

    private EventsShop(HostProcess process, ShopAddress address, NpgsqlDataSource database, int clients)
    {
        (_process, Address, Database) = (process, address, database);
        Client = new(address, clients);
        Rush = new(Client, address, database, clients);
    }

    /// <summary>Where it listens.</summary>
    public ShopAddress Address { get; }

    /// <summary>Its primary.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Places orders.</summary>
    public Rush Rush { get; }

    private ShopClient Client { get; }

    /// <summary>Opens it, with all that it kept of the last time.</summary>
    /// <param name="kafka">The brokers that it tells of steps; null for none.</param>
    /// <param name="clients">Who orders at once.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<EventsShop> OpenAsync(string? kafka, int clients, CancellationToken cancel)
    {
        var process = HostProcess.Start(
            "dotnet",
            [
                Programs.BuiltWithUs.Web,
                "run",
                "--urls",
                TownNode.FreeUrl(),
                "--Sample:Terms=false",
                $"--Outside:Kafka={kafka}",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal),
            readyWord: "The shop is open"
        );
        try
        {
            await process.ReadyAsync(cancel);
            var running =
                RunningShop.Find()
                ?? throw new UsageException("No shop runs in SHOP_HOME, where it was opened.");
            var database = NpgsqlDataSource.Create(running.Postgres);
            return new(process, ShopAddress.Parse(running.Address), database, clients);
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
        Client.Dispose();
        await Database.DisposeAsync();
        await _process.StopAsync(CancellationToken.None);
        _process.Dispose();
    }
}
