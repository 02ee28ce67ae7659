using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Load.Bench.Search;
using Shop.Load.Fire;

namespace Shop.Load.Bench.Graph;

/// <summary>
/// The ways to serve a page, in one process and on the stores of the shop that runs: with the same runtime, the same cores and the same database, only the way differs.
/// </summary>
internal static class GraphHost
{
    /// <summary>What it writes once it listens.</summary>
    public const string Ready = "All ways are open.";

    /// <summary>Where the cost of the process is told, as <c>cpu-microseconds allocated-bytes</c>.</summary>
    public const string Meter = "/meter";

    /// <summary>Starts them in a process of their own, which runs as the shop's own program does.</summary>
    /// <param name="port">The first of three: without kept answers, with them, and by hand.</param>
    /// <param name="length">Of what is sent as fixed bytes.</param>
    /// <param name="withUnkept">Whether there is a fourth, which keeps no rows either.</param>
    /// <param name="elastic">
    /// An Elasticsearch, which a fourth finds products by; a fifth asks the sixth for them, which asks there and remembers what it was asked.
    /// </param>
    public static HostProcess Start(int port, int length, bool withUnkept = false, Uri? elastic = null) =>
        HostProcess.Start(
            "dotnet",
            [
                typeof(GraphHost).Assembly.Location,
                "bench-graphql-host",
                "--port",
                port.ToString(CultureInfo.InvariantCulture),
                "--length",
                length.ToString(CultureInfo.InvariantCulture),
                "--unkept",
                withUnkept ? "1" : "0",
                .. elastic is null ? Array.Empty<string>() : ["--elastic", elastic.ToString()],
            ],
            new Dictionary<string, string>
            {
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_TC_CallCountingDelayMs"] = "0",
                ["DOTNET_gcConcurrent"] = "1",
            },
            Ready
        );

    /// <returns>0, once it was told to stop.</returns>
    public static async Task<int> RunAsync(ShopAddress _, Arguments arguments, CancellationToken cancel)
    {
        var port = arguments.Number("port", otherwise: 5080, min: 1024, max: 65_000);
        var length = arguments.Number("length", otherwise: 10_000, min: 100, max: 1_000_000);
        var unkept = arguments.Number("unkept", otherwise: 0, min: 0, max: 1);
        var elastic = arguments.Text("elastic");
        arguments.NoMore();
        var stores =
            RunningShop.Find() ?? throw new UsageException("No shop runs whose stores it could use.");
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(stores.Postgres)
            {
                MaxAutoPrepare = 20,
                AutoPrepareMinUsages = 1,
            }
        );
        await using var engine = Shop(stores, port, withCache: false);
        await using var cached = Shop(stores, port + 1, withCache: true);
        await using var plain = Plain(database, port + 2, length);
        await Task.WhenAll(engine.StartAsync(cancel), cached.StartAsync(cancel), plain.StartAsync(cancel));
        await using var reading =
            unkept == 0 ? null : Shop(stores, port + 3, withCache: false, withRows: false);
        await (reading?.StartAsync(cancel) ?? Task.CompletedTask);
        await using var found = elastic is null
            ? null
            : Shop(stores, port + 3, withCache: false, elastic: elastic);
        await (found?.StartAsync(cancel) ?? Task.CompletedTask);
        await using var recorded = elastic is null
            ? null
            : Shop(stores, port + 4, withCache: false, elastic: Local(port + 5));
        await (recorded?.StartAsync(cancel) ?? Task.CompletedTask);
        await using var recorder = elastic is null ? null : ElasticRecorder.Build(Builder(port + 5), elastic);
        await (recorder?.StartAsync(cancel) ?? Task.CompletedTask);
        Console.WriteLine(Ready);
        await plain.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static WebApplication Shop(
        RunningShop stores,
        int port,
        bool withCache,
        bool withRows = true,
        string? elastic = null
    )
    {
        var builder = Builder(port);
        builder.Configuration.AddInMemoryCollection([
            new("ConnectionStrings:Shop", stores.Postgres),
            new("ConnectionStrings:Redis", stores.Redis),
            new("Accounts:KeySecret", "a secret of benchmarks that is long enough"),
            new("Jobs:InProcess", "false"),
            new("Operations:Port", "0"),
            new("GraphQL:Transport:FarewellFor", "00:00:00"),
            new("GraphQL:AnswerCache:Enabled", withCache ? "true" : "false"),
            new("Cache:Enabled", withRows ? "true" : "false"),
        ]);
        if (elastic is not null)
        {
            builder.Configuration.AddInMemoryCollection([
                new("Search:Elastic:Nodes:0", elastic),
                // Eight searches at once on the cores that they share with the engine: none is given up.
                new("Search:Elastic:Timeout", "00:00:05"),
            ]);
        }

        return global::Shop.GraphQL.Host.Program.Build(builder);
    }

    private static WebApplication Plain(NpgsqlDataSource database, int port, int length)
    {
        var app = Builder(port).Build();
        var page = new HandWrittenPage(database);
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)' ');
        app.MapPost("/hand-written", page.ServeAsync);
        app.MapPost("/searched-by-hand", new HandWrittenSearch(database).ServeAsync);
        app.MapPost("/grouped-by-hand", new HandWrittenGroups(database).ServeAsync);
        app.MapPost("/fixed", (HttpContext http) => ServeAsync(http, bytes));
        app.MapGet(Meter, Cost);
        return app;
    }

    private static WebApplicationBuilder Builder(int port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(Local(port));
        return builder;
    }

    private static string Local(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    private static async Task ServeAsync(HttpContext http, byte[] bytes)
    {
        http.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }

    private static string Cost()
    {
        using var self = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{self.TotalProcessorTime.TotalMicroseconds:0} {GC.GetTotalAllocatedBytes()}"
        );
    }
}
