using Shop.Data.Pricing.Promotions;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Pricing;

/// <summary>What has to be so for a promotion to apply; exactly one of them. At most four deep, and twenty in all.</summary>
[OneOf]
internal sealed record ConditionInput
{
    /// <summary>All of these.</summary>
    [MaxItems(20), ListSize(3)]
    public IReadOnlyList<ConditionInput>? And { get; init; }

    /// <summary>One of these; where none is so, the first says what is missing.</summary>
    [MaxItems(20), ListSize(3)]
    public IReadOnlyList<ConditionInput>? Or { get; init; }

    /// <summary>Not this.</summary>
    public ConditionInput? Not { get; init; }

    /// <summary>Goods cost so much or more.</summary>
    public SubtotalInput? Subtotal { get; init; }

    /// <summary>There are so many units or more.</summary>
    public UnitsInput? Units { get; init; }

    /// <summary>Who buys.</summary>
    public CustomerIsInput? Customer { get; init; }

    /// <summary>Where it goes, which a cart knows once it was said.</summary>
    public DestinationIsInput? Destination { get; init; }

    /// <summary>How it goes, which a cart knows once it was chosen.</summary>
    public ShippingIsInput? Shipping { get; init; }

    internal Condition ToCondition() =>
        this switch
        {
            { And: { } all } => new Condition.AllOf([.. all.Select(one => one.ToCondition())]),
            { Or: { } any } => new Condition.AnyOf([.. any.Select(one => one.ToCondition())]),
            { Not: { } unless } => new Condition.Unless(unless.ToCondition()),
            { Subtotal: { } so } => new SubtotalIs(
                so.Gte,
                ItemsInput.Items(so.Of),
                so.Measured ?? Measured.SoFar
            ),
            { Units: { } so } => new UnitsAre(so.Gte, ItemsInput.Items(so.Of)),
            { Customer: { } so } => new CustomerIs(
                so.SignedIn,
                so.Groups is null ? null : [.. CustomerGroup.NormalForms(so.Groups)],
                so.IsFirstOrder
            ),
            { Destination: { } so } => new DestinationIs([.. so.Countries], [.. so.Regions ?? []]),
            { Shipping: { } so } => new ShippingIs([.. so.Methods]),
            _ => throw new InvalidOperationException("A condition names one of its fields."),
        };

    internal static ConditionInput Of(Condition condition) =>
        condition switch
        {
            Condition.AllOf all => new() { And = [.. all.Conditions.Select(Of)] },
            Condition.AnyOf any => new() { Or = [.. any.Conditions.Select(Of)] },
            Condition.Unless unless => new() { Not = Of(unless.Met) },
            SubtotalIs so => new() { Subtotal = new(so.Gte, ItemsInput.Of(so.Of), so.Measured) },
            UnitsAre so => new() { Units = new(so.Gte, ItemsInput.Of(so.Of)) },
            CustomerIs { SignedIn: { } isSo } so => new()
            {
                Customer = new(isSo, so.Groups?.Order().ToList(), so.IsFirstOrder),
            },
            DestinationIs so => new() { Destination = new([.. so.Countries], [.. so.Regions]) },
            ShippingIs so => new() { Shipping = new([.. so.Methods]) },
            _ => throw new InvalidOperationException($"{condition} is none that staff can save."),
        };
}

/// <summary>Goods cost so much or more.</summary>
/// <param name="Gte">The least, one for each currency; at most 20.</param>
/// <param name="Of">Which goods; all of them where it is left out.</param>
/// <param name="Measured">Before or after what other promotions take off; after it where it is left out.</param>
internal sealed record SubtotalInput(
    [property: MaxItems(20), ListSize(1)] IReadOnlyList<Money> Gte,
    ItemsInput? Of,
    Measured? Measured
);

/// <summary>There are so many units or more.</summary>
/// <param name="Gte">The least; one or more.</param>
/// <param name="Of">Of which goods, taken together; of all of them where it is left out.</param>
internal sealed record UnitsInput(int Gte, ItemsInput? Of);

/// <summary>Who buys.</summary>
/// <param name="SignedIn">Whether they are signed in.</param>
/// <param name="Groups">They are in one of these groups of customers; that does not matter where it is left out. At most 20.</param>
/// <param name="IsFirstOrder">
/// Whether they are signed in and have no order but such as were rejected, cancelled or refunded; that does not matter where it is left
/// out. Nobody knows it of guests. Two orders at the same moment can both be the first: where that must not be, limit the promotion by
/// customer.
/// </param>
internal sealed record CustomerIsInput(
    bool SignedIn,
    [property: MaxItems(20), ListSize(2)] IReadOnlyList<string>? Groups,
    bool? IsFirstOrder
);

/// <summary>Where it goes: one of the countries, or one of the regions.</summary>
/// <param name="Countries">All of each; at most 250.</param>
/// <param name="Regions">ISO 3166-2 codes, such as `US-NY`; at most 250. None where it is left out.</param>
internal sealed record DestinationIsInput(
    [property: CountryCode, MaxItems(250), ListSize(10)] IReadOnlyList<string> Countries,
    [property: MaxItems(250), ListSize(10)] IReadOnlyList<string>? Regions
);

/// <summary>How it goes.</summary>
/// <param name="Methods">One of these; at most 200.</param>
internal sealed record ShippingIsInput(
    [property: MaxItems(200), ListSize(3)] IReadOnlyList<ShippingMethodId> Methods
);
