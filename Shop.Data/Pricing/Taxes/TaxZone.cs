namespace Shop.Data.Pricing.Taxes;

/// <summary>What a place taxes, by class of goods.</summary>
/// <param name="Classes">In an order that decides between equals.</param>
public sealed record TaxZone(IReadOnlyList<(string Class, TaxRates Rates)> Classes)
{
    /// <summary>A place without taxes.</summary>
    public static TaxZone Untaxed { get; } = new([]);

    /// <summary>The same place for what is exempt: its taxes are named, and are nothing.</summary>
    internal TaxZone AtZero => new([.. Classes.Select(one => (one.Class, one.Rates.AtZero))]);

    /// <summary>The taxes on a class; none where it is not taxed there.</summary>
    internal TaxRates Of(string taxClass) =>
        Classes.FirstOrDefault(one => one.Class == taxClass).Rates ?? TaxRates.None;

    /// <summary>Where taxes stand among the others.</summary>
    internal int PlaceOf(TaxRates rates) => Classes.TakeWhile(one => !one.Rates.Equals(rates)).Count();
}
