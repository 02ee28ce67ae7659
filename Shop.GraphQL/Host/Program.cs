using Shop.Data.Accounts;
using Shop.Data.Storage;
using Shop.Data.Telemetry;
using Shop.GraphQL.Accounts;
using Shop.GraphQL.Admission;
using Shop.GraphQL.Audit;
using Shop.GraphQL.Carts;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Catalog.Import;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Host.Commands;
using Shop.GraphQL.Host.Embedded;
using Shop.GraphQL.Inventory;
using Shop.GraphQL.Operations;
using Shop.GraphQL.Orders;
using Shop.GraphQL.Payments;
using Shop.GraphQL.Pricing;
using Shop.GraphQL.Pricing.Codes;
using Shop.GraphQL.Search;
using Shop.GraphQL.Shared;
using Shop.GraphQL.Shipping;
using Shop.GraphQL.Transport.Cache;
using Shop.GraphQL.Transport.Http;
using Shop.GraphQL.Transport.Ide;
using Shop.Jobs;
using Shop.Jobs.Scheduling;

namespace Shop.GraphQL.Host;

/// <summary>Puts the shop together: the one place that knows every context, and the jobs.</summary>
internal static class Program
{
    /// <summary>What the schema is made of.</summary>
    public static IReadOnlyList<IGraphModule> Modules { get; } =
    [
        new AccountsModule(),
        new CatalogModule(),
        new InventoryModule(),
        new SearchModule(),
        new PricingModule(),
        new ShippingModule(),
        new CartsModule(),
        new OrdersModule(),
        new PaymentsModule(),
        new OperationsModule(),
        new AuditModule(),
        new SharedModule(),
    ];

    public static async Task<int> Main(string[] args)
    {
        var (verb, rest) =
            args is [var first, .. var others] && !first.StartsWith('-') ? (first, others) : ("run", args);
        using var stop = new StopSignals();
        try
        {
            return verb switch
            {
                "run" => await RunAsync(rest, stop.Token),
                "schema" => await PrintSchemaAsync(rest),
                "verify" => await CommandHost.RunAsync(
                    [.. rest.Except([VerifyCommand.Mend])],
                    (services, steps, cancel) =>
                        VerifyCommand.RunAsync(rest.Contains(VerifyCommand.Mend), services, steps, cancel),
                    stop.Token
                ),
                "import" => await CommandHost.RunAsync(
                    [],
                    (services, steps, cancel) =>
                        ImportCommand.RunAsync(rest.FirstOrDefault(), services, steps, cancel),
                    stop.Token
                ),
                "messages" => await CommandHost.RunAsync(
                    [],
                    (services, steps, cancel) => MessagesCommand.RunAsync(rest, services, steps, cancel),
                    stop.Token
                ),
                "staff" => await CommandHost.RunAsync(
                    [],
                    (services, steps, cancel) => StaffCommand.RunAsync(rest, services, steps, cancel),
                    stop.Token
                ),
                "migrate" => await MigrateCommand.RunAsync(rest, stop.Token),
                "recover" => await RecoverCommand.RunAsync(
                    HomeOf(rest),
                    Steps.OnConsole,
                    TimeProvider.System,
                    stop.Token
                ),
                "reset" => await ResetAsync(rest),
                _ => await ExplainAsync(verb),
            };
        }
        catch (CannotStartException refusal)
        {
            await Console.Error.WriteLineAsync($"\n{refusal.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>All that the shop is made of. The tests start from this, too.</summary>
    public static void AddShop(IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSettings<ShopOptions>(ShopOptions.Section).AddRedis().AddIds().AddStoreHealth();
        services.AddContexts().AddSignIn();
        services
            .AddShopGraph(Modules)
            .AddGraphTransports()
            .AddTrustedDocuments(OperationFiles.Read())
            .AddHostedService<HearChanges>()
            .AddSingleton<SearchAge>()
            .AddHostedService(provider => provider.GetRequiredService<SearchAge>())
            .AddHostedService<FollowIndex>()
            .AddHostedService<KeepKnownKeys>()
            .AddSingleton<SearchMeter>()
            .AddHostedService(provider => provider.GetRequiredService<SearchMeter>())
            .AddSingleton<FileEndpoint>()
            .AddSingleton<CodeFileEndpoint>()
            .AddScoped<PricesNow>()
            .AddScoped<CartPrices>()
            .AddScoped<CartBuyer>()
            .AddPaymentEndpoints();
        services.AddAdmission(settings);
        services.AddBearerTokens();
        services.AddOperations().AddIde();
        // Job hosts can stand beside this one; by default the shop is one process.
        if (settings.GetValue("Jobs:InProcess", defaultValue: true))
        {
            services.AddShopJobs(settings);
        }
        else
        {
            services.AddJobsElsewhere(settings);
        }
    }

    /// <summary>The host, with everything that it answers to.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        PaymentServices.UseOwnAddress(builder.Configuration);
        AddShop(builder.Services, builder.Configuration);
        builder.AddOperationsPort();
        builder.AddTraces();
        var app = builder.Build();
        app.UseOperationsPort();
        app.UseStrictHeaders();
        app.UseCors();
        app.UseIde("/graphql/admin", Audience.Staff);
        app.UseIde("/graphql");
        app.MapGet("/", () => Results.LocalRedirect("~/graphql"));
        app.MapHealth();
        app.MapShopGraph("/graphql");
        app.MapPost(FileEndpoint.Path, app.Services.GetRequiredService<FileEndpoint>().ServeAsync);
        app.MapGet(CodeFileEndpoint.Route, app.Services.GetRequiredService<CodeFileEndpoint>().ServeAsync);
        app.MapPayments();
        return app;
    }

    /// <summary>Opens the shop until it is told to stop.</summary>
    private static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var builder = ShopBuilder.Create(args);
        var home = ShopHome.Of(builder.Configuration);
        var steps = ShopLogs.IsJson(builder.Configuration) ? Steps.Untold : Steps.OnConsole;
        await using var stores = await ShopBuilder.OwnStoresAsync(builder, home, steps, cancel);
        KeySecret.Need(builder.Configuration);
        await using var app = Build(builder);
        await ShopStartup.PrepareAsync(
            app,
            withSample: stores is not null || builder.Configuration.GetValue<bool>("Catalog:Sample"),
            withTerms: stores is not null
                && builder.Configuration.GetValue("Sample:Terms", defaultValue: true),
            steps,
            cancel
        );
        string? staffPassword = null;
        if (stores is null)
        {
            await DevelopmentStaff.RefuseAsync(app.Services, cancel);
        }
        else
        {
            await ShopStartup.MendAsync(app, cancel);
            staffPassword = await DevelopmentStaff.OpenAsync(app.Services, cancel);
        }

        await ShopStartup.ListenAsync(app, steps, cancel);
        if (stores is not null)
        {
            await ShopStartup.StockAsync(app, cancel);
        }

        var address = app.Urls.First();
        using var told = stores is null
            ? null
            : RunningShop.Tell(home, new(address, stores.Postgres, stores.Redis));
        await steps.SayAsync(
            StartMessage.For(address, staffPassword, await ShopStartup.FirstWayAsync(app, cancel))
        );
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    /// <summary>
    /// Writes the schema to standard output, for clients or, on request, for composers or for staff; or the documents that a
    /// shop of this build knows by their hashes. Needs no store.
    /// </summary>
    private static async Task<int> PrintSchemaAsync(string[] words)
    {
        await Console.Out.WriteAsync(
            words switch
            {
                ["subgraph"] => SchemaText.OfSubgraph(Modules),
                ["admin"] => SchemaText.OfStaff(Modules),
                ["operations"] => DocumentManifest.Of(OperationFiles.Read()),
                _ => SchemaText.Of(Modules),
            }
        );
        return 0;
    }

    /// <summary>Forgets everything that the shop of this home knows.</summary>
    private static async Task<int> ResetAsync(string[] args)
    {
        var home = HomeOf(args);
        ShopHome.Remove(home);
        await Steps.OnConsole.SayAsync($"Nothing is left in {home}.");
        return 0;
    }

    private static string HomeOf(string[] args) => ShopHome.Of(ShopBuilder.Create(args).Configuration);

    private static async Task<int> ExplainAsync(string verb)
    {
        await Console.Error.WriteLineAsync(
            $"There is no verb {verb}; there are run (the default), schema, import, messages, staff, verify, migrate, recover and reset."
        );
        return 2;
    }
}
