using GraphQL.Execution;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>What is not on sale is there for staff, and for nobody else, whichever way they ask.</summary>
public sealed class DraftTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string EveryWay = """
        query ($id: ID!, $slug: String!, $variant: ID!, $sku: String!, $brand: String!, $category: String!, $named: [_Any!]!) {
          a: product(by: {id: $id}) { id }
          b: product(by: {slug: $slug}) { id }
          c: productVariant(by: {id: $variant}) { id }
          d: productVariant(by: {sku: $sku}) { id }
          e: node(id: $id) { id }
          f: node(id: $variant) { id }
          g: nodes(ids: [$id, $variant]) { id }
          h: products(where: {brand: {eq: $brand}}) { totalCount nodes { id } }
          i: products(where: {status: {in: [DRAFT, ARCHIVED]}}) { totalCount nodes { id } }
          j: category(by: {slug: $category}) { products { totalCount nodes { id } } }
          k: _entities(representations: $named) { __typename }
        }
        """;

    private const string Nothing =
        """{"a":null,"b":null,"c":null,"d":null,"e":null,"f":null,"g":[null,null],"h":{"totalCount":0,"nodes":[]},"i":{"totalCount":0,"nodes":[]},"j":{"products":{"totalCount":0,"nodes":[]}},"k":[null,null,null,null]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_does_not_keep_the_catalogue_sees_neither_drafts_nor_what_is_archived(
        bool isArchived
    )
    {
        var (product, ways) = await HiddenAsync(isArchived);

        foreach (
            var user in new[]
            {
                Askers.Guest,
                Askers.Customer(new(3)),
                Askers.Staff(StaffRole.Stock, StaffRole.Orders),
            }
        )
        {
            Assert.Equal(Nothing, (await shop.AskAsync(user, EveryWay, ways)).ToString());
        }

        var seen = await shop.AskAsync(Shelving.Keeper, EveryWay, ways);
        Assert.Equal(product, seen.GetProperty("a").Id());
        Assert.Equal(product, seen.GetProperty("e").Id());
        Assert.Equal(1, seen.GetProperty("h").GetProperty("totalCount").GetInt32());
        Assert.Contains(product, seen.GetProperty("i").GetProperty("nodes").Texts("id"));
        Assert.Equal(
            ["Product", "Product", "ProductVariant", "ProductVariant"],
            seen.GetProperty("k").Texts("__typename")
        );
    }

    [Fact]
    public async Task On_the_schema_of_shoppers_staff_are_shoppers()
    {
        var (_, ways) = await HiddenAsync(isArchived: false);
        await using var scope = shop.Scope();

        var result = await shop.Get<GraphEngine>()
            .ExecuteAsync(
                new()
                {
                    Query = "query ($slug: String!) { product(by: {slug: $slug}) { id } }",
                    Variables = new(new Dictionary<string, object?> { ["slug"] = ways.slug }),
                    RequestServices = scope.ServiceProvider,
                    User = Askers.Staff(StaffRole.Admin),
                }
            );

        Assert.Null(result.Errors);
        var root = (RootExecutionNode)result.Data!;
        Assert.Null(((Dictionary<string, object?>)root.ToValue()!)["product"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_puts_it_into_a_cart_not_even_who_sees_it(bool isArchived)
    {
        var (_, ways) = await HiddenAsync(isArchived);

        foreach (var user in new[] { Askers.Guest, Shelving.Keeper })
        {
            var data = await shop.AskAsync(
                user,
                """
                mutation ($sku: String!) {
                  cartCreate(input: {lines: [{variant: {sku: $sku}, quantity: 1}]}) { cart { id } problems { code field } }
                }
                """,
                new { ways.sku }
            );

            Assert.Equal(
                """{"cartCreate":{"cart":null,"problems":[{"code":"NOT_FOUND","field":["lines","0","variant"]}]}}""",
                data.ToString()
            );
        }
    }

    [Fact]
    public async Task A_line_of_a_cart_whose_product_is_archived_says_so_and_no_checkout_finds_its_price()
    {
        var mug = Shelving.Mug();
        var product = await shop.SavedAsync(mug);
        var cart = await shop.AskAsync(
            Askers.Guest,
            "mutation ($sku: String!) { cartCreate(input: {lines: [{variant: {sku: $sku}, quantity: 1}]}) { cart { id } } }",
            new { sku = mug.Variants[0].Sku }
        );
        await shop.ArchiveAsync(product.Id());
        await shop.ReplicaCaughtUpAsync();

        foreach (var user in new[] { Askers.Guest, Shelving.Keeper })
        {
            var line = await shop.AskAsync(
                user,
                "query ($id: ID!) { cart(id: $id) { lines { variant { sku } problems { code } } } }",
                new { id = cart.GetProperty("cartCreate").GetProperty("cart").Id() }
            );
            Assert.Equal(
                """{"cart":{"lines":[{"variant":null,"problems":[{"code":"NOT_FOUND"}]}]}}""",
                line.ToString()
            );
        }

        var variant = GlobalId
            .Parse(product.GetProperty("variants").GetProperty("nodes")[0].Id())
            .To<VariantId>();
        Assert.Empty(await shop.Get<CurrentPrices>().ReadAsync([variant], CancellationToken.None));
    }

    [Fact]
    public async Task An_archived_product_is_brought_back_by_saving_it_as_active()
    {
        var mug = Shelving.Mug();
        var made = await shop.SavedAsync(mug);

        var conflict = await shop.ArchiveAsync(made.Id(), ifVersion: 7);
        var archived = await shop.ArchiveAsync(made.Id(), ifVersion: 1);
        var again = await shop.ArchiveAsync(made.Id(), ifVersion: 1);
        var absent = await shop.ArchiveAsync("UHJvZHVjdDox");
        var back = await shop.SavedAsync(mug.Again(made));

        Assert.Equal(["VERSION_CONFLICT at ifVersion"], conflict.Problems);
        Assert.Equal(1, conflict.Problem.GetProperty("currentVersion").GetInt32());
        Assert.Equal("ARCHIVED", archived.Thing.GetProperty("status").GetString());
        Assert.Equal(2, archived.Thing.GetProperty("version").GetInt32());
        Assert.Empty(again.Problems);
        Assert.Equal(2, again.Thing.GetProperty("version").GetInt32());
        Assert.Equal(["NOT_FOUND at product"], absent.Problems);
        Assert.Equal("ACTIVE", back.GetProperty("status").GetString());
        Assert.Equal(3, back.GetProperty("version").GetInt32());
    }

    private async Task<(string Product, Ways Ways)> HiddenAsync(bool isArchived)
    {
        var mug = Shelving.Mug(isArchived ? "ACTIVE" : "DRAFT");
        var shelf = (await shop.CategoryAsync($"Shelf of {mug.Title}"))
            .Thing.GetProperty("slug")
            .GetString()!;
        var product = await shop.SavedAsync(
            mug with
            {
                Brand = $"Brand of {mug.Title}",
                Category = new { slug = shelf },
            }
        );
        if (isArchived)
        {
            await shop.ArchiveAsync(product.Id());
        }

        await shop.ReplicaCaughtUpAsync();
        var variant = product.GetProperty("variants").GetProperty("nodes")[0];
        return (
            product.Id(),
            new(
                product.Id(),
                product.GetProperty("slug").GetString()!,
                variant.Id(),
                variant.GetProperty("sku").GetString()!,
                $"Brand of {mug.Title}",
                shelf
            )
        );
    }

    private sealed record Ways(
        string id,
        string slug,
        string variant,
        string sku,
        string brand,
        string category
    )
    {
        /// <summary>As other subgraphs name it.</summary>
        public object[] named =>
            [
                new { __typename = "Product", id },
                new { __typename = "Product", slug },
                new { __typename = "ProductVariant", id = variant },
                new { __typename = "ProductVariant", sku },
            ];
    }
}
