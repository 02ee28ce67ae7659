using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Loading;
using Shop.Tests.Architecture;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Cache;

/// <summary>What the graph keeps between requests, and what it must not.</summary>
public sealed class KeptRowTests(KeptRowTests.PatientShop patient) : IClassFixture<KeptRowTests.PatientShop>
{
    private const string Everything = """
        query ($id: ID!, $slug: String!, $variant: ID!, $sku: String!, $category: String!) {
          a: product(by: {id: $id}) { ...P }
          b: product(by: {slug: $slug}) { ...P }
          c: productVariant(by: {id: $variant}) { ...V }
          d: productVariant(by: {sku: $sku}) { ...V }
          e: category(by: {slug: $category}) { id slug title children { id title parent { id title } } }
        }
        fragment P on Product {
          id slug title description status brand tags version createdAt updatedAt options { name values }
          media { url alt width height } category { id slug title parent { title } }
          variants(first: 10) { nodes { ...V } }
        }
        fragment V on ProductVariant {
          id sku title weightGrams requiresShipping selectedOptions { name value }
          price { amount currencyCode } compareAtPrice { amount } product { id title }
        }
        """;

    private const string Names = """
        query ($slug: String!, $sku: String!, $category: String!) {
          b: product(by: {slug: $slug}) { id }
          d: productVariant(by: {sku: $sku}) { id }
          e: category(by: {slug: $category}) { id }
        }
        """;

    private readonly ShopFixture _shop = patient.Shop;

    [Fact]
    public void Eight_loaders_are_kept_and_no_other()
    {
        var kept =
            from type in Context.Types(Context.Graph)
            where !type.IsAbstract && IsKept(type)
            orderby type.Name
            select type.Name;

        Assert.Equal(
            [
                "CategoryById",
                "CategoryBySlug",
                "ChildCategories",
                "ProductById",
                "ProductBySlug",
                "VariantById",
                "VariantBySku",
                "VariantsByProduct",
            ],
            kept
        );
    }

    [Fact]
    public async Task What_another_node_has_kept_reads_as_what_is_read()
    {
        var ways = await MugAsync();
        var read = await _shop.AskAsync(Askers.Guest, Everything, ways.Variables);
        using var other = ShopHost.Build(_shop.Postgres, _shop.Redis, _shop.Clock, PatientShop.Patience);

        await _shop.ReplicaShowsAllAsync();
        using var sql = SqlCount.Start();
        var kept = await other.Services.AnswerAsync(Askers.Guest, Everything, ways.Variables);

        Assert.Equal($"{read}", $"{kept.GetProperty("data")}");
        Assert.Equal(JsonValueKind.Object, read.GetProperty("a").ValueKind);
        // Promotions are read by each node for itself.
        Assert.DoesNotContain(sql.Statements, text => text.Contains("catalog.", StringComparison.Ordinal));
        // Eight kinds of rows; the category of the product and that above it are two of one.
        Assert.InRange(
            ((RowCounts)other.Services.GetService(typeof(RowCounts))!).Of(CacheOutcome.Redis),
            8,
            12
        );
    }

    [Fact]
    public async Task What_is_changed_is_read_again_by_whoever_asks_next_on_each_node()
    {
        var ways = await MugAsync();
        await _shop.AskAsync(Askers.Guest, Everything, ways.Variables);
        var saved = await _shop.SaveAsync(
            ways.Mug with
            {
                Id = ways.Product,
                IdempotencyKey = Guid.CreateVersion7(),
                Title = "Another mug",
            }
        );
        Assert.Empty(saved.Problems);

        var next = await _shop.AskAsync(Askers.Guest, Everything, ways.Variables);

        Assert.Equal(
            Enumerable.Repeat("Another mug", 4),
            new[]
            {
                next.GetProperty("a").GetProperty("title"),
                next.GetProperty("b").GetProperty("title"),
                next.GetProperty("c").GetProperty("product").GetProperty("title"),
                next.GetProperty("d").GetProperty("product").GetProperty("title"),
            }.Select(title => title.GetString())
        );
    }

    [Fact]
    public async Task What_is_archived_is_gone_for_shoppers_at_once_and_there_for_staff()
    {
        var ways = await MugAsync();
        await _shop.AskAsync(Askers.Guest, Everything, ways.Variables);
        await _shop.ArchiveAsync(ways.Product);

        var next = await _shop.AskAsync(Askers.Guest, Everything, ways.Variables);
        var staff = await _shop.AskAsync(Shelving.Keeper, Everything, ways.Variables);

        Assert.All("abcd", way => Assert.Equal(JsonValueKind.Null, next.GetProperty($"{way}").ValueKind));
        Assert.All("abcd", way => Assert.Equal(JsonValueKind.Object, staff.GetProperty($"{way}").ValueKind));
        Assert.Equal(
            JsonValueKind.Null,
            (await _shop.AskAsync(Askers.Guest, Everything, ways.Variables)).GetProperty("a").ValueKind
        );
    }

    [Fact]
    public async Task What_nobody_has_asks_no_database_in_a_crowd_and_what_another_node_makes_is_found()
    {
        using var other = ShopHost.Build(_shop.Postgres, _shop.Redis, _shop.Clock, PatientShop.Patience);
        var known = other.Services.GetRequiredService<KnownKeys>();
        using var keeper = ActivatorUtilities.CreateInstance<KeepKnownKeys>(other.Services);
        await keeper.StartAsync(default);
        await Eventually.TrueAsync(() => known.Bytes > 0);
        // As a crowd does.
        while (known.IsTried()) { }

        using (var sql = SqlCount.Start())
        {
            var nobody = await AskOtherAsync(new Ways(null!, "", "no-mug", "", "NO-MUG", "no-kitchen"));
            Assert.All(
                "bde",
                way => Assert.Equal(JsonValueKind.Null, nobody.GetProperty($"{way}").ValueKind)
            );
            Assert.Empty(sql.Statements);
        }

        // By its id at once, though the other may not have heard of it; by names as soon as it has.
        var ways = await MugAsync();
        Assert.Equal(JsonValueKind.Object, (await AskOtherAsync(ways)).GetProperty("a").ValueKind);
        await Eventually.TrueAsync(async () =>
        {
            var found = await AskOtherAsync(ways);
            return "abcde".All(way => found.GetProperty($"{way}").ValueKind == JsonValueKind.Object);
        });
        await keeper.StopAsync(default);

        async Task<JsonElement> AskOtherAsync(Ways asked) =>
            (
                await other.Services.AnswerAsync(
                    Askers.Guest,
                    asked.Product.Length > 0 ? Everything : Names,
                    asked.Variables
                )
            ).GetProperty("data");
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_shown_as_soon_as_staff_says_so()
    {
        var ways = await MugAsync();
        await _shop.AskAsync(Askers.Guest, Everything, ways.Variables);
        await using (
            var change = _shop
                .Get<Database<CatalogDb>>()
                .Primary.CreateCommand("update catalog.product set title = 'By hand' where slug = $1")
        )
        {
            change.Parameters.AddWithValue(ways.Slug);
            Assert.Equal(1, await change.ExecuteNonQueryAsync());
        }

        Assert.NotEqual("By hand", await TitleAsync());
        var told = await _shop.AskAsync(
            Askers.Staff(StaffRole.Admin),
            "mutation ($id: ID!) { cacheForget(input: {products: [$id]}) { forgotten problems { message } } }",
            new { id = ways.Product }
        );

        Assert.Equal(1, told.GetProperty("cacheForget").GetProperty("forgotten").GetInt32());
        Assert.Equal("By hand", await TitleAsync());
        await Eventually.TrueAsync(
            _shop,
            "select count(*) = 1 from catalog.audit_entry where action = 'cacheForget' and subject_kind = 'Product'"
        );

        async Task<string?> TitleAsync() =>
            (await _shop.AskAsync(Askers.Guest, Everything, ways.Variables))
                .GetProperty("a")
                .GetProperty("title")
                .GetString();
    }

    private static bool IsKept(Type type) =>
        type.BaseType is { IsGenericType: true } parent
        && (
            parent.GetGenericTypeDefinition() == typeof(CachedLoader<,,>)
            || parent.GetGenericTypeDefinition() == typeof(CachedListLoader<,,>)
        );

    private async Task<Ways> MugAsync()
    {
        var slug = $"kitchen-{Guid.CreateVersion7():n}"[..20];
        await _shop.CategoryAsync("Kitchen", slug: slug);
        var mug = Shelving.Mug() with { Category = new { slug } };
        var saved = await _shop.SavedAsync(mug);
        return new(
            mug,
            saved.Id(),
            saved.GetProperty("slug").GetString()!,
            saved.GetProperty("variants").GetProperty("nodes")[0].Id(),
            mug.Variants[0].Sku!,
            slug
        );
    }

    private sealed record Ways(
        MugInput Mug,
        string Product,
        string Slug,
        string Variant,
        string Sku,
        string Category
    )
    {
        public object Variables =>
            new
            {
                id = Product,
                slug = Slug,
                variant = Variant,
                sku = Sku,
                category = Category,
            };
    }

    /// <summary>A shop on a machine that is busy with tests.</summary>
    public sealed class PatientShop : IAsyncLifetime
    {
        internal static readonly (string, string) Patience = ("Cache:RedisTimeout", "00:00:10");

        internal ShopFixture Shop { get; } = new(_ => { }, Patience);

        public ValueTask InitializeAsync() => Shop.InitializeAsync();

        public ValueTask DisposeAsync() => Shop.DisposeAsync();
    }
}
