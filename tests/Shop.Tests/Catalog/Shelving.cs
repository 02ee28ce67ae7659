using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>What staff sends to keep the catalogue, and what comes back.</summary>
internal static class Shelving
{
    private const string ProductSave = """
        mutation ($input: ProductSaveInput!) {
          productSave(input: $input) {
            replayed
            product {
              id version status slug code title brand tags category { slug } media { url alt width }
              options { name values }
              variants(first: 100) { nodes { id sku title price { amount currencyCode } compareAtPrice { amount } } }
            }
            problems { code message field ... on VersionConflict { currentVersion } }
          }
        }
        """;

    private const string ProductArchive = """
        mutation ($input: ProductArchiveInput!) {
          productArchive(input: $input) {
            product { id status version }
            problems { code field ... on VersionConflict { currentVersion } }
          }
        }
        """;

    private const string CategorySave = """
        mutation ($input: CategorySaveInput!) {
          categorySave(input: $input) { category { id slug title parent { slug } } problems { code message field } }
        }
        """;

    private static int _mugs;

    public static ClaimsPrincipal Keeper { get; } = Askers.Staff(StaffRole.Catalog);

    /// <summary>A mug in two colours, of names that nothing has yet.</summary>
    public static MugInput Mug(string status = "ACTIVE")
    {
        var number = Interlocked.Increment(ref _mugs);
        return new()
        {
            Title = $"Mug {number}",
            Status = status,
            Variants =
            [
                MugVariant.Of($"MUG-{number}-RED", "Red"),
                MugVariant.Of($"MUG-{number}-BLUE", "Blue"),
            ],
        };
    }

    public static async Task<Payload> SaveAsync(
        this ShopFixture shop,
        MugInput input,
        ClaimsPrincipal? user = null
    ) =>
        new(
            (await shop.AskAsync(user ?? Keeper, ProductSave, new { input })).GetProperty("productSave"),
            "product"
        );

    /// <returns>The product; fails the test where it was not saved.</returns>
    public static async Task<JsonElement> SavedAsync(this ShopFixture shop, MugInput input)
    {
        var payload = await shop.SaveAsync(input);
        Assert.Empty(payload.Problems);
        await shop.ReplicaCaughtUpAsync();
        return payload.Thing;
    }

    public static async Task<Payload> ArchiveAsync(this ShopFixture shop, string id, int? ifVersion = null) =>
        new(
            (
                await shop.AskAsync(
                    Keeper,
                    ProductArchive,
                    new { input = new { product = new { id }, ifVersion } }
                )
            ).GetProperty("productArchive"),
            "product"
        );

    public static async Task<Payload> CategoryAsync(
        this ShopFixture shop,
        string title,
        string? id = null,
        string? slug = null,
        string? parent = null
    ) =>
        new(
            (
                await shop.AskAsync(
                    Keeper,
                    CategorySave,
                    new
                    {
                        input = new
                        {
                            id,
                            title,
                            slug,
                            parent = parent is null ? null : new { slug = parent },
                        },
                    }
                )
            ).GetProperty("categorySave"),
            "category"
        );

    /// <summary>The texts of a field of each item.</summary>
    public static IEnumerable<string> Texts(this JsonElement items, string field) =>
        items.EnumerateArray().Select(item => item.GetProperty(field).ToString());

    /// <summary>The SKUs of a product.</summary>
    public static IEnumerable<string> Skus(this JsonElement product) =>
        product.GetProperty("variants").GetProperty("nodes").Texts("sku");

    public static string Id(this JsonElement thing) => thing.GetProperty("id").GetString()!;

    /// <summary>What a mutation of staff answered.</summary>
    internal sealed record Payload(JsonElement Answer, string Name)
    {
        public JsonElement Thing => Answer.GetProperty(Name);

        public bool IsReplayed => Answer.GetProperty("replayed").GetBoolean();

        /// <summary>Each problem as <c>CODE at path</c>.</summary>
        public IEnumerable<string> Problems =>
            Answer
                .GetProperty("problems")
                .EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("code")} at {string.Join('.', each.GetProperty("field").EnumerateArray())}"
                );

        public JsonElement Problem => Answer.GetProperty("problems")[0];
    }
}

/// <summary>The input of <c>productSave</c>, to be changed by <c>with</c>.</summary>
internal sealed record MugInput
{
    public Guid IdempotencyKey { get; init; } = Guid.CreateVersion7();
    public string? Id { get; init; }
    public int? IfVersion { get; init; }
    public string Title { get; init; } = "";
    public string? Slug { get; init; }
    public string? Code { get; init; }
    public string? Description { get; init; }
    public string? Brand { get; init; }
    public string? TaxClass { get; init; }
    public object? Category { get; init; }
    public string[]? Tags { get; init; }
    public object[]? Media { get; init; }
    public object[]? Options { get; init; } =
    [new { name = "Colour", values = new[] { "Red", "Blue", "Green" } }];
    public MugVariant[] Variants { get; init; } = [];
    public string? Status { get; init; }

    /// <summary>The same product, as a new call.</summary>
    public MugInput Again(JsonElement product) =>
        this with
        {
            IdempotencyKey = Guid.CreateVersion7(),
            Id = product.Id(),
        };
}

/// <summary>A variant of it.</summary>
internal sealed record MugVariant
{
    public string? Id { get; init; }
    public string? Sku { get; init; }
    public string? Title { get; init; }
    public object[]? SelectedOptions { get; init; }
    public string Price { get; init; } = "4.50";
    public string? CompareAtPrice { get; init; }

    public static MugVariant Of(string sku, string colour) =>
        new() { Sku = sku, SelectedOptions = [new { name = "Colour", value = colour }] };
}
