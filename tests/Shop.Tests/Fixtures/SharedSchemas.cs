using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Federation;
using Shop.GraphQL.Engine.Schema;

namespace Shop.Tests.Fixtures;

/// <summary>
/// The shop's schemas, made once for a run of the tests: hundreds of hosts would take a second each to make the same two
/// again. For hosts that leave <c>GraphQL:Federation</c> at its defaults.
/// </summary>
internal static class SharedSchemas
{
    private static readonly Lazy<ShopSchema> _shoppers = new(() => Make(Audience.Shoppers));
    private static readonly Lazy<ShopSchema> _staff = new(() => Make(Audience.Staff));

    public static IServiceCollection ShareSchemas(this IServiceCollection services) =>
        services
            .RemoveAllKeyed<ShopSchema>(Audience.Shoppers)
            .RemoveAllKeyed<ShopSchema>(Audience.Staff)
            // As instances: what a host does not make it does not dispose of either.
            .AddKeyedSingleton(Audience.Shoppers, _shoppers.Value)
            .AddKeyedSingleton(Audience.Staff, _staff.Value);

    private static ShopSchema Make(Audience audience) =>
        ShopSchema.Of(
            GraphServices.Graph(Shop.GraphQL.Host.Program.Modules, audience),
            new FederationOptions()
        );
}
