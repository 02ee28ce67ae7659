using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Cache;
using Shop.Data.Kernel;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Synonyms;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Search;

namespace Shop.Tests.Cache;

/// <summary>The replica stops, then the primary, and both come back, or Redis is not there: what a node shows meanwhile, and what it is told.</summary>
public sealed class StoppedPostgresTests(KeptRowTests.PatientShop patient)
    : IClassFixture<KeptRowTests.PatientShop>,
        IAsyncDisposable
{
    private const string Two = """
        query ($kept: ID!, $other: ID!, $priced: Boolean!) {
          kept: product(by: {id: $kept}) {
            title category { title } variants(first: 10) { nodes { sku title price @include(if: $priced) { amount } } }
          }
          other: product(by: {id: $other}) { title }
        }
        """;

    private const string Shelf = """
        {
          productSearch(orderBy: {field: TITLE}) {
            totalCount facets { key values { value count } } edges { node { title } variantCount }
          }
          skuAggregate(groupBy: STOCK_STATUS) { nodes { key productCount } }
        }
        """;

    private const string Save = """
        mutation ($input: ProductSaveInput!) {
          productSave(input: $input) { replayed product { title version } problems { code } }
        }
        """;

    private const string Fill = """
        mutation ($sku: String!) {
          cartCreate(input: {lines: [{variant: {sku: $sku}, quantity: 1}]}) { cart { id } }
        }
        """;

    private readonly ShopFixture _shop = patient.Shop;
    private readonly SilentProxy _primary = new(patient.Shop.Postgres);
    private readonly SilentProxy _replica = new(patient.Shop.Postgres, server: 1);

    [Fact]
    public async Task What_was_kept_is_shown_and_what_was_not_done_is_done_once_they_are_back()
    {
        var mug = Shelving.Mug();
        var (kept, other, third) = (
            (await _shop.SavedAsync(mug)).Id(),
            (await _shop.SavedAsync(Shelving.Mug())).Id(),
            (await _shop.SavedAsync(Shelving.Mug())).Id()
        );
        using var node = Node();
        using var keeper = await KnowAsync(node);
        var whole = await AskAsync(node, kept, kept);
        var rename = new
        {
            input = mug with
            {
                Id = kept,
                Title = "Renamed",
                IdempotencyKey = Guid.CreateVersion7(),
            },
        };

        // Who has a connection to the replica in hand hears of it, and then the primary does for both.
        _replica.Cut();
        await Eventually.TrueAsync(async () =>
        {
            var told = await AskAsync(node, kept, third);
            Assert.Equal(whole.Data("kept").ToString(), told.Data("kept").ToString());
            return told.Errors.Count == 0;
        });
        Assert.Empty((await FillAsync(node, mug)).Errors);

        _primary.Cut();
        await IsShownAsync(node, kept, whole);

        // What is not kept is null by itself, and what nobody has is no fault.
        var half = await AskAsync(node, kept, other);
        Assert.Equal(["THROTTLED at other"], half.Errors);
        Assert.Equal(whole.Data("kept").ToString(), half.Data("kept").ToString());
        Assert.Equal(JsonValueKind.Null, half.Data("other").ValueKind);
        Assert.Empty((await AskAsync(node, kept, Nobodys)).Errors);
        Assert.Equal(["THROTTLED at productSave"], (await SaveAsync(node, rename)).Errors);
        Assert.Equal(["THROTTLED at cartCreate"], (await FillAsync(node, mug)).Errors);

        _primary.ComeBack();
        _replica.ComeBack();
        await Eventually.TrueAsync(async () => (await SaveAsync(node, rename)).Errors.Count == 0);
        var again = (await SaveAsync(node, rename)).Data("productSave");
        Assert.Equal(
            """{"replayed":true,"product":{"title":"Renamed","version":2},"problems":[]}""",
            again.ToString()
        );
        var after = await AskAsync(node, kept, other);
        Assert.Empty(after.Errors);
        Assert.Equal("Renamed", after.Data("kept").GetProperty("title").GetString());
        Assert.Empty((await FillAsync(node, mug)).Errors);
        await keeper.StopAsync(default);
    }

    [Fact]
    public async Task A_node_without_a_database_shows_rows_of_Redis_whose_time_is_over()
    {
        var kept = (await _shop.SavedAsync(Shelving.Mug())).Id();
        using var before = Node();
        // What it costs goes by promotions, which each node reads for itself.
        var whole = await AskAsync(before, kept, kept, priced: false);
        using var node = Node();
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        _primary.Cut();
        _replica.Cut();

        var (answer, errors) = await AskAsync(node, kept, kept, priced: false);

        Assert.Empty(errors);
        Assert.Equal(whole.Answer.ToString(), answer.ToString());
        Assert.True(node.Services.GetRequiredService<RowCounts>().Of(CacheOutcome.Stale) > 0);
    }

    [Fact]
    public async Task Where_Redis_is_away_as_well_memory_is_shown_and_what_nobody_has_is_no_fault()
    {
        var kept = (await _shop.SavedAsync(Shelving.Mug())).Id();
        await using var redis = RedisServer.StartEmbedded();
        using var node = Node(redis.ConnectionString);
        using var keeper = await KnowAsync(node);
        var whole = await AskAsync(node, kept, kept);

        _primary.Cut();
        _replica.Cut();
        await redis.StopAsync();

        await IsShownAsync(node, kept, whole);
        Assert.Empty((await AskAsync(node, kept, Nobodys)).Errors);
        await keeper.StopAsync(default);
    }

    [Fact]
    public async Task Without_a_database_what_is_held_of_the_index_is_searched()
    {
        await _shop.SavedAsync(Shelving.Mug());
        await _shop.IndexedAsync();
        using var node = Node();
        await node.Services.GetRequiredService<HeldColumns>().FollowAsync(default);
        await node.Services.GetRequiredService<HeldThesaurus>().FollowAsync(default);
        var whole = await SearchAsync(node);
        Assert.Empty(whole.Errors);
        Assert.True(whole.Data("productSearch").GetProperty("totalCount").GetInt32() > 0);

        _primary.Cut();
        _replica.Cut();

        Assert.Equal(whole.Answer.ToString(), (await SearchAsync(node)).Answer.ToString());
    }

    [Fact]
    public async Task Where_the_primary_is_to_be_spared_nobody_reads_of_it_what_a_replica_could_show()
    {
        const string List = "{ products(first: 1) { nodes { title } } }";
        var mug = Shelving.Mug();
        var kept = (await _shop.SavedAsync(mug)).Id();
        using var node = Node(settings: ("Storage:SparePrimary", "true"));
        Assert.Empty((await ListAsync()).Errors);
        var whole = await AskAsync(node, kept, kept);
        Assert.Empty(whole.Errors);

        _replica.Cut();
        await Eventually.TrueAsync(async () =>
            (await ListAsync()).Errors.SequenceEqual(["THROTTLED at products"])
        );
        Assert.Equal(whole.Answer.ToString(), (await AskAsync(node, kept, kept)).Answer.ToString());
        // Who writes needs the primary, and reads there what they have written.
        Assert.Empty((await FillAsync(node, mug)).Errors);
        _replica.ComeBack();
        await Eventually.TrueAsync(async () => (await ListAsync()).Errors.Count == 0);

        async Task<Told> ListAsync() => new(await node.Services.AnswerAsync(Askers.Guest, List));
    }

    [Fact]
    public async Task Without_Redis_the_catalogue_goes_on_and_carts_are_told_to_come_again()
    {
        const string Shelves = """
            query ($kept: ID!) {
              product(by: {id: $kept}) { title } products(first: 1) { nodes { title } } productSearch(text: "mug") { totalCount }
            }
            """;
        var mug = Shelving.Mug();
        var kept = (await _shop.SavedAsync(mug)).Id();
        using var node = ShopHost.Build(_shop.Postgres, "127.0.0.1:1,abortConnect=false", _shop.Clock);

        var shelves = new Told(await node.Services.AnswerAsync(Askers.Guest, Shelves, new { kept }));

        Assert.Empty(shelves.Errors);
        Assert.Equal(["THROTTLED at cartCreate"], (await FillAsync(node, mug)).Errors);
    }

    public async ValueTask DisposeAsync()
    {
        await _primary.DisposeAsync();
        await _replica.DisposeAsync();
    }

    private static string Nobodys =>
        GlobalId.Of(new ProductId(NewId.FirstAt(ShopHost.Now.AddDays(-30)))).ToString();

    // Its ids are not those of the shop that it shares the database with.
    private IHost Node(string? redis = null, params (string, string)[] settings) =>
        ShopHost.Build(
            _primary.With(_replica),
            redis ?? _shop.Redis,
            _shop.Clock,
            services =>
                services.Replace(
                    ServiceDescriptor.Singleton(
                        new NewId(
                            new FakeTimeProvider(ShopHost.Now)
                            {
                                AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
                            },
                            machine: () => new(2, UsedUntil: default),
                            spareBlock: _ => throw new InvalidOperationException("Its clock never goes back.")
                        )
                    )
                ),
            [KeptRowTests.PatientShop.Patience, .. settings]
        );

    private static async Task<KeepKnownKeys> KnowAsync(IHost node)
    {
        var known = node.Services.GetRequiredService<KnownKeys>();
        var keeper = ActivatorUtilities.CreateInstance<KeepKnownKeys>(node.Services);
        await keeper.StartAsync(default);
        await Eventually.TrueAsync(() => known.Bytes > 0);
        // As a crowd does.
        while (known.IsTried()) { }

        return keeper;
    }

    /// <summary>Time and again, and without a statement.</summary>
    private static async Task IsShownAsync(IHost node, string kept, Told whole)
    {
        using var sql = SqlCount.Start();
        for (var n = 0; n < 20; n++)
        {
            var (answer, errors) = await AskAsync(node, kept, kept);
            Assert.Equal((whole.Answer.ToString(), 0), (answer.ToString(), errors.Count));
        }

        Assert.Empty(sql.Statements);
    }

    private static async Task<Told> AskAsync(IHost node, string kept, string other, bool priced = true) =>
        new(
            await node.Services.AnswerAsync(
                Askers.Guest,
                Two,
                new
                {
                    kept,
                    other,
                    priced,
                }
            )
        );

    private static async Task<Told> SearchAsync(IHost node) =>
        new(await node.Services.AnswerAsync(Askers.Guest, Shelf));

    private static async Task<Told> SaveAsync(IHost node, object input) =>
        new(await node.Services.AnswerAsync(Shelving.Keeper, Save, input));

    private static async Task<Told> FillAsync(IHost node, MugInput mug) =>
        new(await node.Services.AnswerAsync(Askers.Guest, Fill, new { sku = mug.Variants[0].Sku }));

    private sealed record Told(JsonElement Answer)
    {
        /// <summary>Each as <c>CODE at path</c>.</summary>
        public IReadOnlyList<string> Errors { get; } =
            Answer.TryGetProperty("errors", out var errors)
                ?
                [
                    .. errors
                        .EnumerateArray()
                        .Select(error =>
                            $"{error.GetProperty("extensions").GetProperty("code")} at {string.Join('.', error.GetProperty("path").EnumerateArray())}"
                        ),
                ]
                : [];

        public JsonElement Data(string field) => Answer.GetProperty("data").GetProperty(field);

        public void Deconstruct(out JsonElement answer, out IReadOnlyList<string> errors) =>
            (answer, errors) = (Answer, Errors);
    }
}
