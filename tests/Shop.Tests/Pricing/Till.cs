using System.Globalization;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;

namespace Shop.Tests.Pricing;

/// <summary>Carts and promotions in few words. Amounts are minor units of pounds, percentages percent.</summary>
internal static class Till
{
    public const string Pound = "GBP";

    /// <summary>A Saturday.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    public static Items All => Items.All;

    public static Money Of(long minor) => new(minor, Pound);

    /// <summary>Amounts that are in no other currency.</summary>
    public static IReadOnlyList<Money> Only(long minor) => [Of(minor)];

    public static long Percent(decimal percent) => (long)(percent * 10_000);

    /// <summary>A line of the SKU of this number, which is also a product, and bears these tags.</summary>
    public static QuoteLine Line(long sku, long price, int units = 1, params string[] tags) =>
        new(new(sku), new(sku), Of(price), units) { Tags = tags };

    public static Items Tagged(params string[] tags) => new() { Any = [new ItemsOf.Tags(tags.ToHashSet())] };

    public static Promotion Promotion(long id, PromotionAction action) =>
        new()
        {
            Id = new(id),
            Title = $"No. {id}",
            Action = action,
        };

    public static LinesPercent LinesPercent(decimal percent, Items? of = null, long? max = null) =>
        new(Percent(percent), of ?? All, max is { } most ? Only(most) : null);

    public static OrderPercent OrderPercent(decimal percent, Items? of = null, long? max = null) =>
        new(Percent(percent), of ?? All, max is { } most ? Only(most) : null);

    public static AmountOff OrderAmount(long amount, Items? of = null) =>
        new(PromotionStage.Order, Only(amount), AmountPer.Total, of ?? All);

    public static ReducePrice ReducePrice(decimal percent, Items? of = null) =>
        new(Percent(percent), of ?? All);

    public static ShippingPercent FreeShipping => new(Percent(100), null);

    public static SubtotalIs From(long least, Measured measured = Measured.SoFar) =>
        new(Only(least), All, measured);

    public static ShippingMethod Post(long price) => new(new(1), RateBy.Flat, [new(0, null, Of(price))]);

    public static QuoteRequest Cart(params QuoteLine[] lines) =>
        new()
        {
            Currency = Pound,
            At = Noon,
            Lines = lines,
        };

    public static Quote With(this QuoteRequest cart, params Promotion[] promotions) =>
        Quote.Of(cart, new(promotions));

    public static Quote With(this QuoteRequest cart, params PromotionAction[] actions) =>
        cart.With([.. actions.Select((action, at) => Promotion(at + 1, action))]);

    /// <summary>What is taken off each line, by SKU: <c>33 33 34</c>.</summary>
    public static string Off(this Quote quote) =>
        Text(quote.Lines.Select(line => line.Discounts.Sum(discount => discount.Amount.Minor)));

    public static string Text(IEnumerable<long> numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What hinders a promotion; it has to be told.</summary>
    public static Hindrance? Hindrance(this Quote quote, long promotion) =>
        quote.Promotions.Single(outcome => outcome.Promotion.Id.Value == promotion).Hindrance;

    public static Quote With(this QuoteRequest cart, PromotionBook book) => Quote.Of(cart, book);

    public static TaxRate Rate(string name, string percent) =>
        new(name, Percent(decimal.Parse(percent, CultureInfo.InvariantCulture)));

    /// <summary>A place, with a percentage for each class.</summary>
    public static TaxZone Zone(params (string Class, decimal Percent)[] classes) =>
        new([.. classes.Select(one => (one.Class, new TaxRates([new("VAT", Percent(one.Percent))])))]);

    /// <summary>Prices with a percentage in them.</summary>
    public static TaxTerms Included(decimal percent) =>
        new() { Home = Zone(("", percent)), There = Zone(("", percent)) };

    /// <summary>Prices on top of which there are taxes.</summary>
    public static TaxTerms OnTop(params TaxRate[] rates) =>
        new() { IsIncluded = false, There = new([("", new TaxRates(rates))]) };
}
