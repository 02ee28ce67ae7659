namespace Shop.Data.Pricing.Taxes;

/// <summary>A tax on a line of an order, on its shipping, or on all of it.</summary>
/// <param name="Name">As an invoice calls it.</param>
/// <param name="PerMillion">Parts per million: 14.975 % is 149,750.</param>
/// <param name="Base">What is taxed, net.</param>
/// <param name="Tax">The tax.</param>
/// <param name="IsIncluded">It is in the prices; else it comes on top.</param>
/// <param name="IsShipping">It is on shipping.</param>
/// <param name="Reason">Why it is nothing; null where it is not.</param>
public sealed record TaxLine(
    string Name,
    long PerMillion,
    Money Base,
    Money Tax,
    bool IsIncluded,
    bool IsShipping,
    TaxReason? Reason
)
{
    /// <summary>All of them together; zero for none.</summary>
    public static Money Sum(IEnumerable<TaxLine> lines, string currency) =>
        lines.Select(line => line.Tax).Aggregate(Money.Zero(currency), (sum, tax) => sum + tax);

    /// <summary>One for each tax, in the order in which they come.</summary>
    internal static IReadOnlyList<TaxLine> Summed(IEnumerable<TaxLine> lines) =>
        [
            .. lines
                .GroupBy(line => (line.Name, line.PerMillion, line.IsShipping))
                .Select(same =>
                    same.Aggregate(
                        (sum, line) => sum with { Base = sum.Base + line.Base, Tax = sum.Tax + line.Tax }
                    )
                ),
        ];
}

/// <summary>An amount without and with tax.</summary>
/// <param name="Net">Without.</param>
/// <param name="Tax">The tax.</param>
public sealed record TaxedMoney(Money Net, Money Tax)
{
    /// <summary>With tax.</summary>
    public Money Gross => Net + Tax;

    /// <summary>The two together.</summary>
    public static TaxedMoney operator +(TaxedMoney left, TaxedMoney right) =>
        new(left.Net + right.Net, left.Tax + right.Tax);
}
