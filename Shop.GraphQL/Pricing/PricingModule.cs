using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Rates;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Pricing.Codes;
using Shop.GraphQL.Pricing.Rates;
using ExchangeRate = Shop.GraphQL.Pricing.Rates.ExchangeRate;

namespace Shop.GraphQL.Pricing;

/// <summary>What Pricing adds to the graph.</summary>
internal sealed class PricingModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<PromotionId>("Promotion")
            .Node<PromotionId, Promotion>((loaders, id) => loaders.Get<PromotionById>().Load(id))
            .Id<CodeBatchId>("PromotionCodeBatch")
            .Node<CodeBatchId, PromotionCodeBatch>((loaders, id) => loaders.Get<CodeBatchById>().Load(id))
            .Id<TaxZoneId>("TaxZone")
            .Node<TaxZoneId, TaxZone>((loaders, id) => loaders.Get<TaxZoneById>().Load(id))
            .Id<ExchangeRateId>("ExchangeRate")
            .Node<ExchangeRateId, ExchangeRate>((loaders, id) => loaders.Get<ExchangeRateById>().Load(id))
            .Map<ActionInput, RuleType<ActionInput>>()
            .Map<PercentInput, RuleType<PercentInput>>()
            .Map<AmountInput, RuleType<AmountInput>>()
            .Map<PriceInput, RuleType<PriceInput>>()
            .Map<BuyGetInput, RuleType<BuyGetInput>>()
            .Map<UnitsForPriceInput, RuleType<UnitsForPriceInput>>()
            .Map<ConditionInput, RuleType<ConditionInput>>()
            .Map<SubtotalInput, RuleType<SubtotalInput>>()
            .Map<UnitsInput, RuleType<UnitsInput>>()
            .Map<CustomerIsInput, RuleType<CustomerIsInput>>()
            .Map<DestinationIsInput, RuleType<DestinationIsInput>>()
            .Map<ShippingIsInput, RuleType<ShippingIsInput>>()
            .Map<ShippingPercentInput, RuleType<ShippingPercentInput>>()
            .Map<ShippingPriceInput, RuleType<ShippingPriceInput>>()
            .Map<ItemsInput, RuleType<ItemsInput>>()
            .Map<ItemsOfInput, RuleType<ItemsOfInput>>()
            .Map<LimitInput, RuleType<LimitInput>>()
            .Map<ReduceInput, RuleType<ReduceInput>>()
            .Extend<ProductVariant, PriceOfVariant>()
            .Query<PromotionQueries>()
            .Query<TaxQueries>()
            .Query<RateQueries>()
            .Mutation<RateMutations>()
            .Provide(CurrencyChoice.Of)
            .Mutation<TaxMutations>()
            .Mutation<PromotionMutations>()
            .Mutation<PromotionCodeMutations>()
            .Subscription<PromotionCodeSubscriptions>();
}
