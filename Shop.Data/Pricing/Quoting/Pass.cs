using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing.Quoting;

/// <summary>One way through the stages: with all promotions that stack, or with one that applies alone.</summary>
internal sealed class Pass
{
    private readonly List<Outcome> _outcomes = [];
    private readonly PromotionBook _book;

    private Pass(QuoteRequest request, PromotionBook book)
    {
        (Request, Terms, _book) = (request, request.Taxes.For(request.Method), book);
        Goods =
        [
            .. request
                .Lines.OrderBy(line => line.Variant.Value)
                .Select(line => new GoodsCharge(line, Terms.PriceThere(line))),
        ];
    }

    /// <summary>What is quoted.</summary>
    public QuoteRequest Request { get; }

    /// <summary>What is taxed how, shipping as the way that was chosen.</summary>
    public TaxTerms Terms { get; }

    /// <summary>ISO 4217 code of all amounts.</summary>
    public string Currency => Request.Currency;

    /// <summary>Where a half goes.</summary>
    public Rounding Rounding => Terms.Rounding;

    /// <summary>The lines by SKU, so that the order in which they were put in cannot matter.</summary>
    public List<GoodsCharge> Goods { get; }

    /// <summary>What shipping costs; null until its stage, and where it is not known.</summary>
    public Charge? Shipping { get; private set; }

    /// <summary>What became of each promotion that had its turn.</summary>
    public IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>Goods and shipping, by now.</summary>
    public Money Left =>
        Goods.Select(charge => charge.Left).Sum(Currency) + (Shipping?.Left ?? Money.Zero(Currency));

    /// <summary>What one unit of each line costs on a product page, in the order of the lines.</summary>
    /// <param name="request">Lines of one unit each.</param>
    /// <param name="book">The promotions of <see cref="PromotionStage.Price"/> alone.</param>
    public static IEnumerable<Money> UnitPrices(QuoteRequest request, PromotionBook book)
    {
        var pass = new Pass(request, book);
        pass.ApplyPrices(book);
        var charges = pass.Goods.ToDictionary<GoodsCharge, QuoteLine>(
            charge => charge.Line,
            ReferenceEqualityComparer.Instance
        );
        return request.Lines.Select(line => charges[line].UnitPrice);
    }

    /// <summary>
    /// Which promotions of <see cref="PromotionStage.Price"/> are in force, by their numbers in the book: what else a cart has does not
    /// matter to them.
    /// </summary>
    public static IEnumerable<int> InForce(Buyer buyer, DateTimeOffset at, PromotionBook book)
    {
        var pass = new Pass(
            new()
            {
                Currency = "",
                At = at,
                Lines = [],
                Buyer = buyer,
            },
            book
        );
        return book.Of(PromotionStage.Price)
            .Index()
            .Where(one => pass.IsInForce(one.Item) && one.Item.When?.Check(pass) is null)
            .Select(one => one.Index);
    }

    /// <summary>Goes through the stages.</summary>
    /// <param name="request">What is quoted.</param>
    /// <param name="book">All promotions.</param>
    /// <param name="alone">The one that applies alone; null for those that stack.</param>
    public static Pass Through(QuoteRequest request, PromotionBook book, Promotion? alone)
    {
        var pass = new Pass(request, book);
        pass.ApplyPrices(book);
        foreach (var stage in (ReadOnlySpan<PromotionStage>)[PromotionStage.Lines, PromotionStage.Order])
        {
            pass.Apply(book.Of(stage), alone);
        }

        if (request.Method?.PriceOf(pass) is { } price)
        {
            pass.Shipping = new ShippingCharge(pass.Terms.ShippingThere(price, pass.Goods));
        }

        pass.Apply(book.Of(PromotionStage.Shipping), alone);
        return pass;
    }

    /// <summary>Takes off what a promotion offers, or notes what hinders it.</summary>
    public void Take(Bid bid)
    {
        var code = Request.CodeOf(bid.Promotion);
        foreach (var (charge, amount) in bid.Cuts.All)
        {
            charge.TakeOff(bid.Promotion, code, amount);
        }

        _outcomes.Add(new(bid.Promotion, code, new(bid.Cuts.Minor, Currency), bid.Cuts.Hindrance));
    }

    // Of a SKU's prices the best one is shown, as if all promotions of this stage were one group.
    private void ApplyPrices(PromotionBook book)
    {
        var members = book.Of(PromotionStage.Price).FindAll(IsInForce);
        Group.Apply(this, members, GroupPick.BestForShopper);
    }

    private void Apply(List<Promotion> promotions, Promotion? alone)
    {
        var turns = promotions.FindAll(one =>
            (alone is null ? !one.Alone : one.Id == alone.Id) && IsInForce(one)
        );
        var done = new HashSet<string>();
        foreach (var promotion in turns)
        {
            if (promotion.Group is not { } group)
            {
                Take(Bid.Of(promotion, this));
            }
            else if (done.Add(group))
            {
                Group.Apply(this, turns.FindAll(member => member.Group == group), promotion.Pick);
            }
        }
    }

    private bool IsInForce(Promotion promotion)
    {
        PromotionReason? reason =
            promotion.StartsAt > Request.At ? PromotionReason.NotYet
            : promotion.EndsAt <= Request.At ? PromotionReason.Ended
            : promotion.NeedsCode && Request.CodeOf(promotion) is null ? PromotionReason.CodeNeeded
            : _book.IsUsedUp(promotion.Id) ? PromotionReason.UsedUp
            : null;
        if (reason is { } why)
        {
            Take(new(promotion, Cuts.None(new(why))));
        }

        return reason is null;
    }
}
