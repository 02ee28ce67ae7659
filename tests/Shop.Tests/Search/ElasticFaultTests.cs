using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Kernel;
using Shop.Data.Search;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Rebuilding;
using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Tables;
using Shop.Data.Search.Words;
using Shop.Data.Storage;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Search;

/// <summary>An Elasticsearch that refuses, breaks off or is slow: answers go on, and it gets all that it lacks when it is well again.</summary>
public sealed class ElasticFaultTests(FaultySearchShop faulty) : IClassFixture<FaultySearchShop>
{
    private static readonly Dictionary<string, Func<HttpContext, Task<IResult?>>> _faults = new()
    {
        ["a version that it does not speak"] = _ => Told("""{"error":{"reason":"media type"}}""", 406),
        ["too much to do"] = _ => Told("{}", 429),
        ["no node that can"] = _ => Told("{}", 503),
        ["half a body"] = async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1_000;
            await http.Response.WriteAsync("""{"took":1,"hits":{"to""");
            await http.Response.Body.FlushAsync();
            http.Abort();
            return Results.Empty;
        },
        ["JSON without its end"] = _ => Told("""{"took":1,"hits":{"to""", 200),
        ["an answer about nothing"] = _ => Told("{}", 200),
        ["a part of the index"] = _ =>
            Told(
                """{"timed_out":false,"_shards":{"total":2,"failed":1},"hits":{"total":{"value":0},"hits":[]}}""",
                200
            ),
        ["a search that was ended"] = _ =>
            Told(
                """{"timed_out":true,"_shards":{"total":1,"failed":0},"hits":{"total":{"value":0},"hits":[]}}""",
                200
            ),
        ["somebody else who listens there"] = http =>
        {
            http.Response.Headers.Remove("X-Elastic-Product");
            return Told("<html>", 200);
        },
        ["no answer in time"] = async http =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Results.Empty;
        },
    };

    private readonly ShopFixture _shop = faulty.Shop;
    private readonly FakeElastic _engine = faulty.Engine;

    public static TheoryData<string> Faults => [.. _faults.Keys];

    public static TheoryData<string> PassingFaults =>
        [.. _faults.Keys.Where(name => name != "no answer in time")];

    [Theory, MemberData(nameof(Faults))]
    public async Task Whatever_it_answers_shoppers_find_the_same(string fault)
    {
        await WellAsync();
        _engine.Fault = _faults[fault];

        var answer = await _shop.AskJsonAsync(
            """{ productSearch(text: "tea mug") { notices totalCount facets { key } edges { node { variants(first: 1) { nodes { sku } } } } } }"""
        );

        var found = answer.GetProperty("productSearch");
        Assert.Contains("FALLBACK", found.GetProperty("notices").ToString(), StringComparison.Ordinal);
        Assert.Equal(["MUG-R"], new Found(found).Skus);
        await using var scope = _shop.Scope();
        await Assert.ThrowsAsync<SearchAwayException>(() =>
            Alone(scope.ServiceProvider).FindAsync(FaultySearchShop.Query("tea mug"), default)
        );
    }

    [Theory, MemberData(nameof(PassingFaults))]
    public async Task What_it_does_not_take_it_gets_when_it_is_well_again(string fault)
    {
        await WellAsync();
        var before = await LiveAsync();
        _engine.Fault = _faults[fault];
        await _shop.SavedAsync(Shelving.Mug() with { Title = $"Quokka {fault}" });
        await _shop.IndexedAsync();
        Assert.DoesNotContain(_engine.Documents.Values, document => IsCalled(document, fault));
        Assert.Equal(before.FedRevision, (await LiveAsync()).FedRevision);

        await WellAsync();

        Assert.Contains(_engine.Documents.Values, document => IsCalled(document, fault));
        Assert.InRange((await LiveAsync()).FedRevision, before.FedRevision + 1, long.MaxValue);
    }

    [Fact]
    public async Task Where_it_has_too_much_to_do_it_gets_half_as_much_at_once()
    {
        await WellAsync();
        var four = await ElasticFeed.PageAsync(_shop.Get<Database<SearchDb>>(), after: 0, limit: 4, default);
        var (refused, sent) = (new HashSet<string>(), _engine.Bulks.Count);
        _engine.StatusOf = id => refused.Add(id) ? 429 : 201;

        var writing = _shop.Get<ElasticWriter>().WriteAsync((await LiveAsync()).Name, four, default);
        await Eventually.TrueAsync(() =>
        {
            _shop.Clock.Advance(TimeSpan.FromSeconds(1));
            return writing.IsCompleted;
        });

        Assert.Empty(await writing);
        Assert.Equal([4, 2, 2], _engine.Bulks.Skip(sent));
    }

    [Fact]
    public async Task A_product_that_is_refused_is_told_and_the_others_are_written()
    {
        await WellAsync();
        var before = await LiveAsync();
        await _shop.SavedAsync(Shelving.Mug() with { Title = "Numbat Mug" });
        await _shop.SavedAsync(Shelving.Mug() with { Title = "Bilby Mug" });
        var taken = _engine.Documents.Keys.ToHashSet();
        var newcomers = new HashSet<string>();
        _engine.StatusOf = id =>
            taken.Contains(id) || newcomers.Count == 0 && newcomers.Add(id) ? 201
            : newcomers.Contains(id) ? 201
            : 400;

        await _shop.IndexedAsync();

        Assert.Contains("as a test wants", (await StoredAsync()).Error, StringComparison.Ordinal);
        Assert.Single(_engine.Documents.Keys, id => !taken.Contains(id));
        Assert.InRange((await LiveAsync()).FedRevision, before.FedRevision + 1, long.MaxValue);
    }

    // As it was before any fault, and fed.
    private async Task WellAsync()
    {
        (_engine.Fault, _engine.StatusOf) = (FakeElastic.Healthy, _ => 201);
        // The breaker has forgotten what was.
        _shop.Clock.Advance(TimeSpan.FromSeconds(30));
        await _shop.IndexedAsync();
    }

    private ElasticSearch Alone(IServiceProvider services) =>
        new(
            services.GetRequiredService<TableSearch>(),
            _shop.Get<LiveIndex>(),
            _shop.Get<ElasticLine>(),
            _shop.Get<Wording>(),
            Options.Create(new SearchOptions { Fallback = false })
        );

    private async Task<EngineIndexRow> LiveAsync() =>
        (await _shop.Get<EngineIndexes>().ListAsync(default)).Single(index =>
            index.State == SearchIndexState.Live
        );

    private async Task<EngineIndex> StoredAsync() =>
        (await _shop.Get<SearchDesk>().FindAsync((await LiveAsync()).Id, default))!;

    private static bool IsCalled(string document, string fault) =>
        document.Contains(
            $"\"titleExact\":\"quokka {SearchText.Plain(SearchText.Of(fault))}\"",
            StringComparison.Ordinal
        );

    private static Task<IResult?> Told(string body, int status) =>
        Task.FromResult<IResult?>(FakeElastic.Json(body, status));
}

/// <summary>A shop whose Elasticsearch does as tests say.</summary>
public sealed class FaultySearchShop : SearchShop
{
    /// <summary>Its Elasticsearch.</summary>
    internal FakeElastic Engine { get; private set; } = null!;

    /// <summary>A search by text alone.</summary>
    internal static SearchQuery Query(string text) =>
        new Expected(text, "", "", "", "", "").Query(new Dictionary<string, CategoryId>());

    protected override async Task<(string, string)[]> SettingsAsync()
    {
        Engine = await FakeElastic.OpenAsync();
        return [("Search:Elastic:Nodes:0", Engine.Address), ("Search:Elastic:Timeout", "00:00:00.3000000")];
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var index = Assert.Single(await Shop.Get<SearchDesk>().IndexesAsync(2, default));
        Assert.Equal((SearchIndexState.Live, null), (index.State, index.Error));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
