namespace Shop.GraphQL.Shared;

/// <summary>Values of no context, which several show: money, addresses, exemptions from taxes.</summary>
internal sealed class SharedModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Map<Money, MoneyType>()
            .Map<Money, MoneyInputType>()
            .Map<Address, AddressType>()
            .Map<TaxExemption, TaxExemptionType>()
            .Shareable<Money>()
            .Shareable<Address>();
}
