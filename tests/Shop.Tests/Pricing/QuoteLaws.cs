using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;

namespace Shop.Tests.Pricing;

/// <summary>What holds for each quote, tried on carts and promotions made by chance.</summary>
public sealed class QuoteLaws
{
    private const int Rounds = 1_000;

    private readonly Chance _chance = new(20261128);

    [Fact]
    public void What_is_taken_off_lines_and_shipping_is_the_discount() =>
        Each(
            (request, book) =>
            {
                var quote = Quote.Of(request, book);

                var off = quote
                    .Lines.SelectMany(line => line.Discounts)
                    .Concat(quote.Shipping?.Discounts ?? []);
                Assert.Equal(quote.Cost.Discount.Minor, off.Sum(discount => discount.Amount.Minor));
                Assert.All(off, discount => Assert.True(discount.Amount.Minor > 0));
                Assert.Equal(
                    quote.Cost.Subtotal.Minor,
                    quote.Lines.Sum(line => line.UnitPrice.Minor * line.Line.Quantity)
                );
            }
        );

    [Fact]
    public void No_line_costs_less_than_nothing_or_more_than_its_price() =>
        Each(
            (request, book) =>
            {
                foreach (var line in Quote.Of(request, book).Lines)
                {
                    var price = line.UnitPrice.Minor * line.Line.Quantity;
                    var left = price - line.Discounts.Sum(discount => discount.Amount.Minor);
                    Assert.InRange(left, 0, price);
                    Assert.InRange(line.UnitPrice.Minor, 0, line.FullUnitPrice.Minor);
                    Assert.Equal(left, request.Taxes.IsIncluded ? line.Due.Gross.Minor : line.Due.Net.Minor);
                    Assert.True(line.Due is { Net.Minor: >= 0, Tax.Minor: >= 0 });
                }
            }
        );

    [Fact]
    public void Net_and_tax_are_gross_and_the_taxes_add_up() =>
        Each(
            (request, book) =>
            {
                var quote = Quote.Of(request, book);

                Assert.Equal(quote.Cost.Total, quote.Due.Gross);
                Assert.Equal(quote.Due.Net + quote.Due.Tax, quote.Due.Gross);
                Assert.All(
                    quote.Lines,
                    line => Assert.Equal(line.Due.Tax.Minor, line.Taxes.Sum(tax => tax.Tax.Minor))
                );
                Assert.Equal(quote.Due.Tax.Minor, quote.Taxes.Sum(tax => tax.Tax.Minor));
                var parts = quote
                    .Lines.Select(line => line.Due)
                    .Append(quote.Shipping?.Due)
                    .OfType<TaxedMoney>();
                Assert.Equal(quote.Due.Net.Minor, parts.Sum(part => part.Net.Minor));
            }
        );

    [Fact]
    public void The_order_of_lines_promotions_and_codes_changes_nothing() =>
        Each(
            (request, book) =>
            {
                var shuffled = request with
                {
                    Lines = _chance.Shuffled(request.Lines),
                    Codes = _chance.Shuffled(request.Codes),
                };

                Assert.Equal(
                    Told(Quote.Of(request, book)),
                    Told(Quote.Of(shuffled, new(_chance.Shuffled(book.All))))
                );
            }
        );

    [Fact]
    public void A_promotion_applies_or_says_why_not() =>
        Each(
            (request, book) =>
                Assert.All(
                    Quote.Of(request, book).Promotions,
                    outcome =>
                    {
                        Assert.Equal(outcome.IsApplied, outcome.Amount.Minor > 0);
                        Assert.True(
                            outcome.Hindrance is not { Missing.Minor: <= 0 } and not { MissingUnits: <= 0 }
                        );
                    }
                )
        );

    [Fact]
    public void Of_a_group_one_applies_to_a_line() =>
        Each(
            (request, book) =>
                Assert.All(
                    Quote.Of(request, book).Lines,
                    line =>
                        Assert.All(
                            line.Discounts.Where(discount => discount.Promotion.Group is not null)
                                .GroupBy(discount => discount.Promotion.Group),
                            group => Assert.Single(group)
                        )
                )
        );

    [Fact]
    public void One_that_applies_alone_makes_it_cheaper_or_does_not_apply() =>
        Each(
            (request, book) =>
            {
                var without = Quote.Of(request, new(book.All.Where(promotion => !promotion.Alone)));
                var quote = Quote.Of(request, book);

                var alone = quote.Promotions.Any(outcome =>
                    outcome is { IsApplied: true, Promotion.Alone: true }
                );
                Assert.Equal(alone, Left(quote) < Left(without));
                Assert.True(alone || Told(without) == Told(quote with { Promotions = without.Promotions }));
            }
        );

    private void Each(Action<QuoteRequest, PromotionBook> law)
    {
        for (var round = 0; round < Rounds; round++)
        {
            law(_chance.Request(), new(_chance.Promotions()));
        }
    }

    private static long Left(Quote quote) =>
        (quote.Cost.Subtotal - quote.Cost.Discount + quote.Cost.Shipping).Minor;

    // All that a client could see of it.
    private static string Told(Quote quote) =>
        string.Join(
            '\n',
            [
                $"{quote.Cost} {quote.Due} {quote.Shipping?.Due}",
                .. quote.Lines.Select(line =>
                    $"{line.Line.Variant} {line.UnitPrice} {line.Due} {Told(line.Discounts)} {string.Join(' ', line.Taxes)}"
                ),
                Told(quote.Shipping?.Discounts ?? []),
                .. quote.Taxes.Select(tax => $"{tax}"),
                .. quote.Promotions.Select(outcome =>
                    $"{outcome.Promotion.Id} {outcome.Code} {outcome.Amount} {outcome.Hindrance?.Reason} "
                    + $"{outcome.Hindrance?.Missing} {outcome.Hindrance?.MissingUnits} {outcome.Hindrance?.LostTo?.Id}"
                ),
            ]
        );

    private static string Told(IReadOnlyList<Discount> discounts) =>
        string.Join(
            ' ',
            discounts.Select(discount => $"{discount.Promotion.Id} {discount.Code} {discount.Amount}")
        );
}
