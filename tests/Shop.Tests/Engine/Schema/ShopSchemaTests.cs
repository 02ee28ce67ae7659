using Microsoft.Extensions.DependencyInjection;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Architecture;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Engine.Schema;

/// <summary>The shop's own schema, as its clients have it in schema/shop.graphql.</summary>
public sealed class ShopSchemaTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public void The_file_that_clients_read_is_the_schema_that_is_served() =>
        Assert.True(
            Papers.Read("schema/shop.graphql") == SchemaText.Of(Shop.GraphQL.Host.Program.Modules),
            "schema/shop.graphql is old; ./shop schema writes it anew."
        );

    [Fact]
    public void The_file_that_staff_reads_is_the_schema_that_is_served_to_them() =>
        Assert.True(
            Papers.Read("schema/admin.graphql") == SchemaText.OfStaff(Shop.GraphQL.Host.Program.Modules),
            "schema/admin.graphql is old; ./shop schema writes it anew."
        );

    [Fact]
    public void The_file_that_composers_read_is_the_subgraph_that_is_served() =>
        Assert.True(
            Papers.Read("schema/subgraphs/shop.graphql")
                == SchemaText.OfSubgraph(Shop.GraphQL.Host.Program.Modules),
            "schema/subgraphs/shop.graphql is old; ./shop schema writes it anew."
        );

    [Fact]
    public void Every_part_of_it_says_what_it_is_for() =>
        Assert.Empty(
            Undescribed.In(shop.Services.GetRequiredKeyedService<GraphEngine>(Audience.Staff).Schema)
        );
}
