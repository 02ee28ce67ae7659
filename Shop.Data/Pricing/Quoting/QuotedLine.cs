using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing.Quoting;

/// <summary>What a line costs, and why.</summary>
/// <param name="Line">What it is.</param>
/// <param name="UnitPrice">What one unit costs on a product page, there.</param>
/// <param name="FullUnitPrice">What one unit would cost there without a promotion; the same where there is none.</param>
/// <param name="Discounts">Who took off how much, in order.</param>
/// <param name="Due">What is to be paid for it, after everything.</param>
/// <param name="Taxes">Each tax in it.</param>
public sealed record QuotedLine(
    QuoteLine Line,
    Money UnitPrice,
    Money FullUnitPrice,
    IReadOnlyList<Discount> Discounts,
    TaxedMoney Due,
    IReadOnlyList<TaxLine> Taxes
);

/// <summary>What shipping costs, and why.</summary>
/// <param name="Price">Before promotions.</param>
/// <param name="Discounts">Who took off how much, in order.</param>
/// <param name="Due">What is to be paid for it.</param>
/// <param name="Taxes">Each tax in it.</param>
public sealed record QuotedShipping(
    Money Price,
    IReadOnlyList<Discount> Discounts,
    TaxedMoney Due,
    IReadOnlyList<TaxLine> Taxes
);
