using GraphQL.Execution;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Access;

/// <summary>Tells the services of an operation, and of each event of a subscription, on whose behalf they work.</summary>
internal sealed class KnowsWhoAsks : DocumentExecutionListenerBase
{
    /// <inheritdoc />
    public override async Task BeforeExecutionAsync(IExecutionContext context)
    {
        var services = context.RequestServices!;
        var asker = services.GetRequiredService<Asker>();
        asker.Be(context.User, ((ShopSchema)context.Schema).Audience);
        services.GetRequiredService<ReadTarget>().Customer = asker.Customer;
        if (context.UserContext is not Caller caller)
        {
            return;
        }

        asker.Address = caller.Address;
        if (caller.Currency is { } currency)
        {
            // Anew for each event: a subscription lives longer than a rate.
            var find = services.GetRequiredService<FindCurrency>();
            asker.Conversion = (await find(currency, context.CancellationToken)).Conversion;
            services.GetRequiredService<GoodUntil>().Tell(asker.Conversion?.Until);
        }
    }
}
