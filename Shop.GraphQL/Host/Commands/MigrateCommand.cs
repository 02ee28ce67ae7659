using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary><c>migrate</c>: brings the tables up to date, for hosts that leave it to this (<c>Storage:MigrateAtStart</c>).</summary>
internal static class MigrateCommand
{
    /// <param name="args">Settings from the command line.</param>
    /// <param name="cancel">Ends it; the next one goes on where this one was.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CannotStartException">PostgreSQL is away, or a later build has made the tables.</exception>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var builder = ShopBuilder.Create([
            .. args,
            "--urls",
            "http://127.0.0.1:0",
            "--Operations:Port",
            "0",
            "--Storage:MigrateAtStart",
            "true",
        ]);
        await using var stores = await ShopBuilder.OwnStoresAsync(
            builder,
            ShopHome.Of(builder.Configuration),
            Steps.OnConsole,
            cancel
        );
        await using var app = Program.Build(builder);
        await ShopStartup.PrepareAsync(app, withSample: false, withTerms: false, Steps.OnConsole, cancel);
        return 0;
    }
}
