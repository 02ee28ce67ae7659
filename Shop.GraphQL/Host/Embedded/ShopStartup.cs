using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using Shop.Data.Carts;
using Shop.Data.Catalog.Import;
using Shop.Data.Messages;
using Shop.Data.Pricing.Sample;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Sample;
using Shop.Data.Storage.Ids;
using Shop.Data.Storage.Migrating;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>From a host that is built to a shop that is open.</summary>
internal static class ShopStartup
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes its tables and fills them; clients are not let in yet.</summary>
    /// <param name="app">Its stores are up.</param>
    /// <param name="withSample">Whether it gets the sample catalogue, if it has not had it.</param>
    /// <param name="withTerms">Whether it sells that on sample terms, if it has not had them.</param>
    /// <param name="steps">Tells what is done.</param>
    /// <param name="cancel">Ends it; the next opening goes on where this one was.</param>
    /// <exception cref="CannotStartException">Another build has made the tables; nothing was changed.</exception>
    public static async Task PrepareAsync(
        WebApplication app,
        bool withSample,
        bool withTerms,
        Steps steps,
        CancellationToken cancel
    )
    {
        await steps.RunAsync("Tables", () => MigrateAsync(app.Services, cancel));
        if (withSample)
        {
            await steps.RunAsync("Sample catalogue", () => LoadSampleAsync(app.Services, cancel));
        }

        if (withTerms)
        {
            await steps.RunAsync(
                "Sample promotions, tax and shipping",
                () => SetTermsAsync(app.Services, cancel)
            );
        }
    }

    /// <summary>Stores of its own may have been killed in the middle of a cart that was being made: it will be gone in a while.</summary>
    public static Task MendAsync(WebApplication app, CancellationToken cancel) =>
        app.Services.GetRequiredService<CartConsistency>().MendAsync(cancel);

    /// <summary>Lets clients in.</summary>
    /// <exception cref="CannotStartException">Another program listens where it should, or a setting will not do.</exception>
    public static Task ListenAsync(WebApplication app, Steps steps, CancellationToken cancel) =>
        steps.RunAsync("Jobs and endpoint", () => StartAsync(app, cancel));

    /// <summary>Waits until Inventory has heard which SKUs there are, so that what they sell is there.</summary>
    public static async Task StockAsync(WebApplication app, CancellationToken cancel)
    {
        // Where the jobs are in other processes, it may take as long as they are away.
        if (app.Configuration.GetValue("Jobs:InProcess", defaultValue: true))
        {
            var told = app.Services.GetServices<MessageDesk>().Single(desk => desk.Sender == "catalog");
            while ((await told.BacklogAsync(cancel)).Any(backlog => backlog.Open > 0))
            {
                await Task.Delay(_look, TimeProvider.System, cancel);
            }
        }
    }

    /// <summary>In which way a first order can go; null where the shop ships in none.</summary>
    public static async Task<ShippingMethodId?> FirstWayAsync(WebApplication app, CancellationToken cancel)
    {
        var book = await app.Services.GetRequiredService<CurrentShipping>().ReadAsync(cancel);
        return book.Active is [var first, ..] ? first.Id : null;
    }

    private static async Task<string?> MigrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<Tables>().PrepareAsync(cancel);
        }
        catch (UnknownMigrationException fault)
        {
            throw new CannotStartException(
                $"{fault.Message}: this home needs ./shop reset, which forgets all that is in it.",
                fault
            );
        }
        catch (Exception fault) when (CauseOf(fault) is { } cause)
        {
            throw new CannotStartException($"PostgreSQL does not let the shop in: {cause.Message}.", fault);
        }

        await services.GetRequiredService<MachineLease>().StartAsync(cancel);
        return null;
    }

    private static NpgsqlException? CauseOf(Exception? fault) =>
        fault is null ? null : fault as NpgsqlException ?? CauseOf(fault.InnerException);

    private static async Task<string?> LoadSampleAsync(IServiceProvider services, CancellationToken cancel)
    {
        var sample = services.GetRequiredService<SampleCatalog>();
        if (!sample.IsOffered)
        {
            return "No sample catalogue: its prices have two decimals";
        }

        var loaded = await sample.RunAsync(cancel);
        return loaded is null
            ? null
            : $"Sample catalogue: {loaded.Products.Added} products, {loaded.Variants.Added} SKUs";
    }

    /// <summary>What the sample catalogue is sold on, so that a first cart shows all that a shop can do.</summary>
    private static async Task<string?> SetTermsAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (!services.GetRequiredService<SampleCatalog>().IsOffered)
        {
            return "No sample promotions: their amounts have two decimals";
        }

        var ships = await services.GetRequiredService<SampleShipping>().RunAsync(cancel);
        return await services.GetRequiredService<SampleTerms>().RunAsync(cancel) || ships
            ? $"Sample promotions, tax and shipping; a code: {SampleTerms.Code}"
            : null;
    }

    private static async Task<string?> StartAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
            return null;
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException or SocketException)
        {
            throw new CannotStartException($"{fault.Message} Another port: SHOP_PORT=5001 ./shop run", fault);
        }
        // Accounts of payment channels, and documents that do not fit the schema.
        catch (Exception fault) when (SettingFaults.Told(fault) is { } why)
        {
            throw new CannotStartException(why, fault);
        }
    }
}
