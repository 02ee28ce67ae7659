using GraphQL.Types;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shared;

/// <summary>Kernel's money as clients see it.</summary>
internal sealed class MoneyType : ObjectGraphType<Money>
{
    public MoneyType()
    {
        Name = "Money";
        Description = "An amount in one currency.";
        Field<NonNullGraphType<DecimalScalar>>("amount")
            .Description(
                "With all decimals of the currency: `\"12.90\"` in EUR, `\"1290\"` in JPY. Negative for a refund."
            )
            .Resolve(context => context.Source.Amount);
        Field<NonNullGraphType<CurrencyCodeEnum>>("currencyCode")
            .Description("The currency of the amount.")
            .Resolve(context => context.Source.Currency);
        PublicFields.MarkAll(this);
    }
}
