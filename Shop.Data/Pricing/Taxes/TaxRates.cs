namespace Shop.Data.Pricing.Taxes;

/// <summary>A tax.</summary>
/// <param name="Name">As an invoice calls it.</param>
/// <param name="PerMillion">Parts per million: 14.975 % is 149,750.</param>
/// <param name="IsCompound">It stands on the price and on the taxes that are not compound.</param>
public sealed record TaxRate(string Name, long PerMillion, bool IsCompound = false);

/// <summary>The taxes on one thing, reckoned together: their sum is rounded once, and then shared among them.</summary>
public sealed class TaxRates : IEquatable<TaxRates>
{
    private const long Million = 1_000_000;
    private const long Whole = Million * Million;

    private readonly long[] _weights;
    private readonly long _sum;
    private readonly string _key;

    /// <param name="all">In the order in which an invoice shows them.</param>
    public TaxRates(IReadOnlyList<TaxRate> all)
    {
        All = all;
        var simple = all.Where(rate => !rate.IsCompound).Sum(rate => rate.PerMillion);
        _weights = [.. all.Select(rate => rate.PerMillion * (rate.IsCompound ? Million + simple : Million))];
        _sum = _weights.Sum();
        _key = string.Join(
            '|',
            all.Select(rate => $"{rate.Name} {rate.PerMillion}").Order(StringComparer.Ordinal)
        );
    }

    /// <summary>No tax at all.</summary>
    public static TaxRates None { get; } = new([]);

    /// <summary>Each of them.</summary>
    public IReadOnlyList<TaxRate> All { get; }

    /// <summary>How much of a net price they are in all; to be compared.</summary>
    internal long Height => _sum;

    /// <summary>The same taxes at zero, for what is exempt.</summary>
    internal TaxRates AtZero => new([.. All.Select(rate => rate with { PerMillion = 0 })]);

    /// <summary>The tax that comes on top of a price.</summary>
    internal Money OnTopOf(Money net, Rounding rounding) => net.Part(_sum, Whole, rounding);

    /// <summary>The tax that is in a price.</summary>
    internal Money Within(Money gross, Rounding rounding) => gross.Part(_sum, Whole + _sum, rounding);

    /// <summary>A price with these taxes in it, as it is with others in it.</summary>
    internal Money Turned(Money gross, TaxRates others, Rounding rounding) =>
        gross.Part(Whole + others._sum, Whole + _sum, rounding);

    /// <summary>Each tax's share of what they are together.</summary>
    internal IReadOnlyList<Money> Split(Money tax) => tax.Share(_weights);

    /// <summary>Whether these are the same taxes, in whichever order.</summary>
    public bool Equals(TaxRates? other) => _key == other?._key;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as TaxRates);

    /// <inheritdoc />
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);
}
