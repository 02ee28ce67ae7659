using Shop.Data.Channels;
using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>Carts and promotions made by chance: small numbers, so that draws, zeros and odd pennies are frequent.</summary>
internal sealed class Chance(int seed)
{
    private static readonly string[] _tags = ["a", "b", "c"];
    private static readonly string[] _classes = ["full", "less", "none"];

    private readonly Random _random = new(seed);

    public IReadOnlyList<T> Shuffled<T>(IReadOnlyList<T> all)
    {
        var copy = all.ToArray();
        _random.Shuffle(copy);
        return copy;
    }

    public QuoteRequest Request() =>
        Cart([
            .. Enumerable
                .Range(1, _random.Next(1, 9))
                .Select(sku =>
                    Line(sku, Maybe(0.1) ? 0 : _random.Next(1, 2_000), _random.Next(1, 12), OneOf(_tags)) with
                    {
                        TaxClass = OneOf(_classes),
                        IsGiftCard = Maybe(0.1),
                    }
                ),
        ]) with
        {
            Codes = [new("ONE", new(1)), new("TWO", new(2))],
            Method = Maybe(0.8) ? new(new(1), RateBy.Value, Rates()) : null,
            Taxes = Terms(),
        };

    public IReadOnlyList<Promotion> Promotions() =>
        [
            .. Enumerable
                .Range(1, _random.Next(0, 9))
                .Select(id =>
                    Promotion(id, Action()) with
                    {
                        Priority = _random.Next(3),
                        IsAdvertised = Maybe(0.7),
                    }
                )
                .Select(one =>
                    one with
                    {
                        Group = Maybe(0.4) ? $"{one.Stage}" : null,
                        NeedsCode = Maybe(0.2),
                        Alone = one.Stage != PromotionStage.Price && Maybe(0.1),
                        When = Maybe(0.3)
                            ? From(_random.Next(10_000), OneOf(Enum.GetValues<Measured>()))
                            : null,
                    }
                ),
        ];

    private PromotionAction Action() =>
        _random.Next(11) switch
        {
            0 => ReducePrice(Part(), Some()),
            1 or 2 => LinesPercent(Part(), Some(), Maybe(0.3) ? Amount() : null),
            3 => new LinesPrice(Only(Amount()), Some()),
            4 => new AmountOff(
                PromotionStage.Lines,
                Only(Amount()),
                OneOf(Enum.GetValues<AmountPer>()),
                Some()
            ),
            5 => new BuyGet(
                Some(),
                _random.Next(1, 4),
                Some(),
                _random.Next(1, 3),
                Percent(Part()),
                Maybe(0.3) ? _random.Next(1, 3) : null,
                OneOf(Enum.GetValues<Spread>())
            ),
            6 => new UnitsForPrice(_random.Next(2, 5), Only(Amount()), Some(), Maybe(0.3) ? 2 : null),
            7 => OrderPercent(Part(), Some(), Maybe(0.3) ? Amount() : null),
            8 => OrderAmount(Amount(), Some()),
            9 => new ShippingPercent(Percent(Part()), Maybe(0.3) ? Only(Amount()) : null),
            _ => new ShippingPrice(Only(_random.Next(600))),
        };

    private TaxTerms Terms() =>
        new()
        {
            IsIncluded = Maybe(0.5),
            Held = OneOf(Enum.GetValues<HeldPrice>()),
            PerWhat = OneOf(Enum.GetValues<TaxRounding>()),
            Rounding = OneOf(Enum.GetValues<Rounding>()),
            Shipping = OneOf(Enum.GetValues<ShippingTax>()),
            ShippingClass = OneOf(_classes),
            Home = Zone(),
            There = Zone(),
            Exemption = Maybe(0.1) ? TaxReason.Exempt : null,
        };

    private TaxZone Zone() =>
        new([
            ("full", new([Rate("GST", "5"), Rate("QST", "9.975") with { IsCompound = Maybe(0.5) }])),
            ("less", new([Rate("VAT", $"{_random.Next(30)}")])),
            ("none", TaxRates.None),
        ]);

    private ShippingRate[] Rates() =>
        [new(0, 5000, Of(_random.Next(900))), new(5000, null, Of(_random.Next(300)))];

    private Items Some() =>
        new()
        {
            Any = Maybe(0.4) ? [] : Tagged(OneOf(_tags), OneOf(_tags)).Any,
            Except = Maybe(0.8) ? [] : Tagged(OneOf(_tags)).Any,
            NotReduced = Maybe(0.2),
        };

    private decimal Part() => Maybe(0.1) ? 100 : _random.Next(1, 1000) / 10m;

    private long Amount() => _random.Next(1, 3_000);

    private bool Maybe(double share) => _random.NextDouble() < share;

    private T OneOf<T>(T[] all) => all[_random.Next(all.Length)];
}
