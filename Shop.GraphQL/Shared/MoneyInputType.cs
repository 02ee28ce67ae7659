using GraphQL.Types;
using GraphQL.Validation;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Shared;

/// <summary>Kernel's money as clients send it.</summary>
internal sealed class MoneyInputType : InputObjectGraphType
{
    /// <summary>The most that an amount can be; nobody sells for more.</summary>
    private const decimal Max = 1_000_000_000;

    public MoneyInputType()
    {
        Name = "MoneyInput";
        Description = "An amount in one currency.";
        Field<NonNullGraphType<DecimalScalar>>("amount")
            .Description("Zero to 1,000,000,000, with no more decimals than the currency has.");
        Field<NonNullGraphType<CurrencyCodeEnum>>("currencyCode").Description("The currency of the amount.");
    }

    /// <inheritdoc />
    /// <exception cref="ValidationError">The currency has no such amount.</exception>
    public override object ParseDictionary(IDictionary<string, object?> value)
    {
        var (amount, currency) = ((decimal)value["amount"]!, (string)value["currencyCode"]!);
        return amount is >= 0 and <= Max && decimal.Remainder(amount, Currencies.MinorUnit(currency)) == 0
            ? Money.Of(amount, currency)
            : throw new ValidationError($"{currency} has no such amount: {amount}.");
    }
}
