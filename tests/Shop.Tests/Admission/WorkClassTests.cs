using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Shop.GraphQL.Admission;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Snapshooter.Xunit3;

namespace Shop.Tests.Admission;

/// <summary>What each root field of the shop is for.</summary>
public sealed class WorkClassTests
{
    private static readonly Lazy<IServiceProvider> _schemas = new(() =>
        new ServiceCollection().ShareSchemas().BuildServiceProvider()
    );

    [Fact]
    public void What_earns_more_is_a_list_that_is_read_when_it_changes() =>
        Snapshot.Match(
            Roots()
                .GroupBy(root => WorkClasses.Of(root.Name, root.Audience))
                .OrderBy(roots => roots.Key)
                .Select(roots =>
                    $"{WorkClasses.NameOf(roots.Key)}: {string.Join(' ', roots.Select(root => root.Name).Distinct().Order())}"
                )
        );

    private static IEnumerable<(string Name, Audience Audience)> Roots() =>
        from audience in Enum.GetValues<Audience>()
        let schema = _schemas.Value.GetRequiredKeyedService<ShopSchema>(audience)
        from root in new IObjectGraphType?[] { schema.Query, schema.Mutation, schema.Subscription }
        from field in root?.Fields ?? []
        select (field.Name, audience);
}
