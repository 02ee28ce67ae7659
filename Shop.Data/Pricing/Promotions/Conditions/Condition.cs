using System.Text.Json.Serialization;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>What has to be so for a promotion to apply. The names under which conditions are stored never get another meaning.</summary>
[JsonDerivedType(typeof(AllOf), "allOf")]
[JsonDerivedType(typeof(AnyOf), "anyOf")]
[JsonDerivedType(typeof(Unless), "unless")]
[JsonDerivedType(typeof(SubtotalIs), "subtotal")]
[JsonDerivedType(typeof(UnitsAre), "units")]
[JsonDerivedType(typeof(CustomerIs), "customer")]
[JsonDerivedType(typeof(DestinationIs), "destination")]
[JsonDerivedType(typeof(ShippingIs), "shipping")]
[JsonDerivedType(typeof(HoursAre), "hours")]
public abstract record Condition
{
    private protected Condition() { }

    /// <summary>This one and all below it, in any order.</summary>
    internal IEnumerable<Condition> Parts => Below.SelectMany(one => one.Parts).Prepend(this);

    /// <summary>Those that it is made of; none where it asks for something by itself.</summary>
    internal IReadOnlyList<Condition> Below =>
        this switch
        {
            AllOf all => all.Conditions,
            AnyOf any => any.Conditions,
            Unless unless => [unless.Met],
            _ => [],
        };

    /// <summary>Whether it matters what the customer has ordered before.</summary>
    internal bool AsksOfOrders => Parts.Any(one => one is CustomerIs { IsFirstOrder: not null });

    /// <summary>What hinders; null where it is so.</summary>
    internal abstract Hindrance? Check(Pass pass);

    /// <summary>All of these.</summary>
    public sealed record AllOf(IReadOnlyList<Condition> Conditions) : Condition
    {
        internal override Hindrance? Check(Pass pass) =>
            Conditions.Select(one => one.Check(pass)).FirstOrDefault(hindrance => hindrance is not null);
    }

    /// <summary>One of these, one or more. Where none is so, the first one says what hinders.</summary>
    public sealed record AnyOf(IReadOnlyList<Condition> Conditions) : Condition
    {
        internal override Hindrance? Check(Pass pass)
        {
            var hindrances = Conditions.Select(one => one.Check(pass)).ToList();
            return hindrances.Contains(null) ? null : hindrances[0];
        }
    }

    /// <summary>Not this.</summary>
    public sealed record Unless(Condition Met) : Condition
    {
        internal override Hindrance? Check(Pass pass) =>
            Met.Check(pass) is null ? new(PromotionReason.Condition) : null;
    }
}
