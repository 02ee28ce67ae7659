using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Schema;
using Snapshooter.Xunit3;

namespace Shop.Tests.Engine.Documents;

/// <summary>What may be kept and given to somebody else. Whoever changes this list has read why.</summary>
public sealed class PublicnessTests(ShopGraph shop) : IClassFixture<ShopGraph>
{
    [Fact]
    public void What_reads_the_same_for_everybody_is_on_a_list() =>
        Snapshot.Match(
            from type in shop.Types
            from field in type.Fields
            where field.IsPublic()
            orderby type.Name, field.Name
            select $"{type.Name}.{field.Name}"
        );

    [Fact]
    public void Of_the_storefronts_operations_the_catalogue_is_public() =>
        Assert.Equal(
            [
                "CategoryMenuQuery",
                "CategoryPageQuery",
                "ProductChoiceQuery",
                "ProductCountQuery",
                "ProductListQuery",
                "ProductPageQuery",
                "SearchPageQuery",
                "SearchSuggestQuery",
            ],
            from document in OperationFiles.Read()
            where shop.Operation(document.Text).IsPublic
            select document.Name
        );

    [Theory]
    [InlineData(true, "{ products { nodes { title price: skuSummary { minPrice { amount } } } } }")]
    [InlineData(
        true,
        "{ __typename product(by: { slug: \"x\" }) { ... { __typename } ...P } } fragment P on Product { id }"
    )]
    [InlineData(false, "{ products { nodes { title } } cart(id: \"x\") { id } }")]
    [InlineData(
        false,
        "{ products { nodes { title } } ...C } fragment C on Query { cart(id: \"x\") { id } }"
    )]
    [InlineData(
        false,
        "query ($no: Boolean!) { products { nodes { id } } cart(id: \"x\") @include(if: $no) { id } }"
    )]
    [InlineData(false, "{ node(id: \"x\") { id ... on Product { title } } }")]
    [InlineData(false, "{ nodes(ids: []) { id } }")]
    [InlineData(false, "{ order(by: { number: \"x\" }) { number } }")]
    [InlineData(false, "{ __schema { queryType { name } } }")]
    [InlineData(false, "{ __type(name: \"Product\") { name } }")]
    [InlineData(false, "mutation { __typename }")]
    [InlineData(false, "subscription { stockChanged(variantIds: []) { sku } }")]
    public void An_operation_is_public_if_each_of_its_fields_says_so(bool isPublic, string document) =>
        Assert.Equal(isPublic, shop.Operation(document).IsPublic);

    [Fact]
    public void Of_several_operations_each_counts_for_itself()
    {
        const string Document = "query A { products { nodes { id } } } query B { cart(id: \"x\") { id } }";

        Assert.True(shop.Operation(Document, "A").IsPublic);
        Assert.False(shop.Operation(Document, "B").IsPublic);
    }
}
