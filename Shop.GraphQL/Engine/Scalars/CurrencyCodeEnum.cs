using GraphQL.Types;

namespace Shop.GraphQL.Engine.Scalars;

/// <summary>The currencies as an enum; its values are the codes themselves.</summary>
internal sealed class CurrencyCodeEnum : EnumerationGraphType
{
    public CurrencyCodeEnum()
    {
        Name = "CurrencyCode";
        Description = "A currency in circulation, by ISO 4217.";
        foreach (var currency in Currencies.All)
        {
            Add(currency.Code, value: currency.Code, description: currency.Name);
        }
    }
}

/// <summary>Shows a string as a <c>CurrencyCode</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
internal sealed class CurrencyCodeAttribute : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(TypeInformation typeInformation) =>
        typeInformation.GraphType = typeof(CurrencyCodeEnum);
}
