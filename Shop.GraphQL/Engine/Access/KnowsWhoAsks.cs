using GraphQL.Execution;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Access;

/// <summary>Tells the services of an operation, and of each event of a subscription, on whose behalf they work.</summary>
internal sealed class KnowsWhoAsks : DocumentExecutionListenerBase
{
    /// <inheritdoc />
    public override Task BeforeExecutionAsync(IExecutionContext context)
    {
        var asker = context.RequestServices!.GetRequiredService<Asker>();
        asker.Be(context.User, ((ShopSchema)context.Schema).Audience);
        context.RequestServices!.GetRequiredService<ReadTarget>().Customer = asker.Customer;
        asker.Address = (context.UserContext as Caller)?.Address;
        return Task.CompletedTask;
    }
}
