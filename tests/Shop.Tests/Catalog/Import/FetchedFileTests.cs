using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>Files that the shop fetches, and all that it does not.</summary>
public sealed class FetchedFileTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private readonly ImportDesk _desk = new(shop);
    private WebApplication? _elsewhere;
    private int _secretsAsked;

    private Uri Elsewhere => new(_elsewhere!.Urls.Single());

    [Fact]
    public async Task A_file_from_a_place_that_the_operator_has_named_is_imported()
    {
        var import = await ImportAsync("/feed/goods.csv");

        Assert.Equal((ImportStatus.Done, 5), (import.Status, import.RowsSaved));
        Assert.Equal(5, (await _desk.SkusAsync("FA")).Count);
    }

    [Fact]
    public async Task Whoever_is_asked_cannot_send_the_shop_on_to_another_address()
    {
        var import = await ImportAsync("/feed/moved.csv");

        Assert.Equal(
            (ImportStatus.Failed, "The address answered with 302."),
            (import.Status, import.Failure)
        );
        Assert.Equal(0, _secretsAsked);
    }

    [Fact]
    public async Task A_file_that_is_too_large_fails()
    {
        var import = await ImportAsync("/feed/large.csv");

        Assert.Equal(
            (ImportStatus.Failed, "The file has more than 1000000 bytes."),
            (import.Status, import.Failure)
        );
    }

    [Fact]
    public async Task Somebody_who_does_not_answer_is_asked_five_times()
    {
        var start = Start("/feed/broken.csv");
        var id = Assert.IsType<StartImportResult.Started>(await start).Id;
        using var worker = Worker();
        for (var tries = 0; tries < 5; tries++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => worker.Run.RunAsync(default));
            shop.Clock.Advance(TimeSpan.FromSeconds(16));
        }

        Assert.Equal(
            "The file could not be fetched: the address does not answer.",
            (await _desk.FindAsync(id)).Failure
        );
    }

    [Theory]
    [InlineData("/other/goods.csv")]
    [InlineData("/feed/../secret/goods.csv")]
    [InlineData("/feedback/goods.csv")]
    public async Task What_lies_beside_the_place_is_not_fetched(string path) =>
        Assert.IsType<StartImportResult.SourceNotAllowed>(await Start(path));

    [Theory]
    [InlineData("http://feeds.example/shop/a.csv", true)]
    [InlineData("http://FEEDS.example/shop/a.csv", true)]
    [InlineData("https://feeds.example/shop/a.csv", false)]
    [InlineData("http://feeds.example:8080/shop/a.csv", false)]
    [InlineData("http://feeds.example.evil.example/shop/a.csv", false)]
    [InlineData("http://feeds.example@evil.example/shop/a.csv", false)]
    [InlineData("http://me@feeds.example/shop/a.csv", false)]
    [InlineData("http://feeds.example/shop/%2e%2e/a.csv", false)]
    public void A_place_is_a_scheme_a_host_a_port_and_a_path(string url, bool isAllowed)
    {
        var sources = new ImportSources(
            Options.Create(new ImportOptions { Sources = "http://feeds.example/shop/" })
        );

        Assert.Equal(isAllowed, sources.Allow(new Uri(url)));
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _elsewhere = builder.Build();
        _elsewhere.MapGet("/feed/goods.csv", () => Results.Text(ImportDesk.Vases("FA", 5), "text/csv"));
        _elsewhere.MapGet("/feed/moved.csv", () => Results.Redirect("/secret/goods.csv"));
        _elsewhere.MapGet("/feed/large.csv", () => Results.Bytes(new byte[2_000_000]));
        _elsewhere.MapGet("/feed/broken.csv", () => Results.StatusCode(503));
        _elsewhere.MapGet(
            "/secret/goods.csv",
            () =>
            {
                Interlocked.Increment(ref _secretsAsked);
                return Results.Text(ImportDesk.Vases("FB", 5));
            }
        );
        await _elsewhere.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_elsewhere is not null)
        {
            await _elsewhere.DisposeAsync();
        }
    }

    private async Task<CatalogImport> ImportAsync(string path)
    {
        var id = Assert.IsType<StartImportResult.Started>(await Start(path)).Id;
        using var worker = Worker();
        await ImportDesk.WorkAsync(worker.Run);
        return await _desk.FindAsync(id);
    }

    private Task<StartImportResult> Start(string path) =>
        ActivatorUtilities
            .CreateInstance<StartImport>(shop.Services, Sources())
            .RunAsync(
                new(
                    Guid.CreateVersion7(),
                    new CustomerId(7),
                    new Uri(Elsewhere, path),
                    File: null,
                    Format: null,
                    ImportErrorPolicy.RefuseAll,
                    OpensStock: false,
                    CountsStock: true
                ),
                default
            );

    private Fetcher Worker()
    {
        var options = Settings();
        var stageFile = ActivatorUtilities.CreateInstance<StageFile>(shop.Services, options);
        var fetch = ActivatorUtilities.CreateInstance<FetchFile>(
            shop.Services,
            Sources(),
            stageFile,
            options
        );
        return new(ActivatorUtilities.CreateInstance<RunNextImport>(shop.Services, fetch), fetch);
    }

    private ImportSources Sources() => new(Settings());

    private IOptions<ImportOptions> Settings() =>
        Options.Create(new ImportOptions { Sources = $"{Elsewhere}feed/", MaxBytes = 1_000_000 });

    /// <summary>A worker that may fetch.</summary>
    private sealed record Fetcher(RunNextImport Run, FetchFile Fetch) : IDisposable
    {
        public void Dispose() => Fetch.Dispose();
    }
}
