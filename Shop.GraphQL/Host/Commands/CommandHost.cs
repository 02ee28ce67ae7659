using Shop.Data.Storage.Ids;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary>Where a command works: on the stores of the shop that runs, else on its own, opened behind closed doors.</summary>
internal static class CommandHost
{
    /// <param name="args">Settings from the command line.</param>
    /// <param name="work">Gets the shop's services and says what it does.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The exit code that <paramref name="work"/> answers.</returns>
    /// <exception cref="CannotStartException">The stores do not start; the message says what helps.</exception>
    public static async Task<int> RunAsync(
        string[] args,
        Func<IServiceProvider, Steps, CancellationToken, Task<int>> work,
        CancellationToken cancel
    )
    {
        var builder = ShopBuilder.Create([.. args, "--urls", "http://127.0.0.1:0", "--Operations:Port", "0"]);
        var home = ShopHome.Of(builder.Configuration);
        var steps = Steps.OnConsole;
        var isOpen = ShopBuilder.UseStoresOfRunningShop(builder, home);
        await using var stores = await ShopBuilder.OwnStoresAsync(builder, home, steps, cancel);
        await using var app = Program.Build(builder);
        if (!isOpen && stores is not null)
        {
            await ShopStartup.PrepareAsync(app, withSample: true, withTerms: false, steps, cancel);
            await ShopStartup.MendAsync(app, cancel);
            await ShopStartup.ListenAsync(app, steps, cancel);
        }
        else
        {
            await app.Services.GetRequiredService<MachineLease>().StartAsync(cancel);
        }

        var code = await work(app.Services, steps, cancel);
        if (!isOpen && stores is not null)
        {
            await ShopStartup.StockAsync(app, cancel);
        }

        await app.StopAsync(cancel);
        return code;
    }
}
