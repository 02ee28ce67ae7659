using GraphQL.Execution;

namespace Shop.GraphQL.Schema.Access;

/// <summary>Tells the services of an operation, and of each event of a subscription, on whose behalf they work.</summary>
internal sealed class KnowsWhoAsks : DocumentExecutionListenerBase
{
    /// <inheritdoc />
    public override Task BeforeExecutionAsync(IExecutionContext context)
    {
        context
            .RequestServices!.GetRequiredService<Asker>()
            .Be(context.User, ((ShopSchema)context.Schema).Audience);
        return Task.CompletedTask;
    }
}
