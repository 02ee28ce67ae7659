namespace Shop.Data.Pricing.Quoting;

/// <summary>What a carrier has told that shipping costs. It counts in place of the table.</summary>
/// <param name="Price">Before promotions, zero or more, in the currency of the quote; null where it does not take such goods there.</param>
public sealed record ToldRate(Money? Price);
