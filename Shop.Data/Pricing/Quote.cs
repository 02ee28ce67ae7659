using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;

namespace Shop.Data.Pricing;

/// <summary>
/// What a cart or an order costs, with a reason for each cent: a pure function, the same for the same request and promotions
/// wherever and whenever it is asked, and in whichever order the lines come.
/// </summary>
/// <param name="Cost">In all.</param>
/// <param name="Lines">By SKU.</param>
/// <param name="Shipping">Null as long as it is not known.</param>
/// <param name="Due">What is to be paid in all.</param>
/// <param name="Taxes">Each tax, of goods and of shipping.</param>
/// <param name="Promotions">Those that apply, then those that do not and that the customer has typed a code for or the shop advertises, as long as it is fifty in all.</param>
public sealed record Quote(
    Cost Cost,
    IReadOnlyList<QuotedLine> Lines,
    QuotedShipping? Shipping,
    TaxedMoney Due,
    IReadOnlyList<TaxLine> Taxes,
    IReadOnlyList<Outcome> Promotions
)
{
    private const int MaxPromotions = 50;

    /// <summary>Codes that the customer has typed and that are not taken; at most 10.</summary>
    public IReadOnlyList<RefusedCode> RefusedCodes { get; init; } = [];

    /// <summary>Where it goes is not known yet, or the service that reckons taxes is away, so that it may cost more or less.</summary>
    public bool IsEstimated { get; internal init; }

    /// <summary>By what the customer pays no tax; null where they do.</summary>
    public TaxExemption? Exemption { get; private init; }

    /// <summary>When to ask again, where no order is placed as long as the service that reckons taxes is away; else null.</summary>
    public DateTimeOffset? TaxesKnownAt { get; internal init; }

    /// <summary>What that service is told of an order; null where there is none.</summary>
    public TaxDocument? Document { get; internal init; }

    /// <summary>What an order takes of promotions that apply and can only be used so often, each once.</summary>
    public IReadOnlyList<WantedUse> Uses { get; private init; } = [];

    /// <summary>What a request costs by the promotions of a shop.</summary>
    /// <exception cref="InvalidOperationException">A price is in another currency.</exception>
    /// <exception cref="OverflowException">It costs more than ±9.2 × 10¹⁸ minor units.</exception>
    public static Quote Of(QuoteRequest request, PromotionBook book)
    {
        var (pass, outcomes) = Passes.Best(request, book);
        var lines = Taxed(pass);
        var shipping = pass.Shipping is { } charge ? Taxed(pass, charge) : null;

        var none = Money.Zero(request.Currency);
        var due = lines
            .Select(line => line.Due)
            .Append(shipping?.Due ?? new(none, none))
            .Aggregate((left, right) => left + right);
        var subtotal = pass.Goods.Select(one => one.Before).Sum(request.Currency);
        var shippingPrice = shipping?.Price ?? none;
        return new(
            new(
                subtotal,
                Discount: subtotal + shippingPrice - pass.Left,
                shippingPrice,
                Tax: request.Taxes.IsIncluded ? none : due.Tax
            ),
            lines,
            shipping,
            due,
            TaxLine.Summed([.. lines.SelectMany(line => line.Taxes), .. shipping?.Taxes ?? []]),
            ToTell(outcomes)
        )
        {
            IsEstimated = request.Destination is null || request.Taxes.IsEstimated,
            Exemption = request.Taxes.Proof,
            Uses = [.. UsesOf(lines.SelectMany(line => line.Discounts).Concat(shipping?.Discounts ?? []))],
            RefusedCodes =
            [
                .. from typed in request.Codes
                let refusal = typed.Refusal(request.At, book)
                where refusal is not null
                select new RefusedCode(typed.Code, refusal.Value),
            ],
        };
    }

    /// <summary>What an order keeps of what promotions take off from one of the lines, in order.</summary>
    public IReadOnlyList<FrozenDiscount> Frozen(QuotedLine line)
    {
        var frozen = new List<FrozenDiscount>(line.Discounts.Count);
        var place = 0;
        foreach (var discount in line.Discounts)
        {
            // Both are in the order in which promotions took their turn.
            while (Promotions[place].Promotion.Id != discount.Promotion.Id)
            {
                place++;
            }

            frozen.Add(new(place, discount.Amount.Minor));
        }

        return frozen;
    }

    // Those that apply are never left out: what each line was reduced by is told by their places.
    private static List<Outcome> ToTell(IReadOnlyList<Outcome> outcomes)
    {
        var told = outcomes.Where(outcome => outcome.IsApplied).ToList();
        var others = outcomes.Where(outcome => !outcome.IsApplied && outcome.IsNamed);
        told.AddRange(others.Take(MaxPromotions - told.Count));
        return told;
    }

    private static IEnumerable<WantedUse> UsesOf(IEnumerable<Discount> discounts) =>
        discounts
            .Where(discount => discount.Promotion.Limits.Count > 0)
            .DistinctBy(discount => discount.Promotion.Id)
            .Select(discount => new WantedUse(PromotionInfo.Of(discount.Promotion), discount.Code));

    private static List<QuotedLine> Taxed(Pass pass)
    {
        var terms = pass.Terms;
        var taxes = terms.Told is { } told
            ? told.OfGoods(pass.Goods, terms)
            : GoodsTaxes.Of(pass.Goods, terms);
        return
        [
            .. pass
                .Goods.Zip(taxes)
                .Select(line =>
                {
                    var (goods, taxed) = line;
                    return new QuotedLine(
                        goods.Line,
                        goods.UnitPrice,
                        goods.Full.Part(1, goods.Line.Quantity),
                        goods.Discounts,
                        taxed.Money,
                        taxed.Lines
                    );
                }),
        ];
    }

    private static QuotedShipping Taxed(Pass pass, Charge shipping)
    {
        var terms = pass.Terms;
        var portions = terms.Told is { } told
            ? [told.OfShipping(shipping.Left, terms)]
            : ShippingTaxes
                .Portions(shipping.Left, pass.Goods, terms, terms.Due)
                .Select(portion => portion.With(portion.Tax(terms), terms, isShipping: true))
                .ToList();
        return new(
            shipping.Full,
            shipping.Discounts,
            portions.Select(portion => portion.Money).Aggregate((left, right) => left + right),
            TaxLine.Summed(portions.SelectMany(portion => portion.Lines))
        );
    }
}
