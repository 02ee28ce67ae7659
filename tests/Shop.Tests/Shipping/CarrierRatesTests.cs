using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Kernel;
using Shop.Data.Outside;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Rates;
using Shop.Data.Telemetry;
using Shop.Tests.Fixtures;
using Shop.Tests.Transport.Http;
using StackExchange.Redis;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Shipping;

/// <summary>What carriers are asked, how often, and what becomes of carts when they do not answer.</summary>
public sealed class CarrierRatesTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private static readonly Destination _greenwich = new("GB", Region: null, "SE10 8XJ");

    private static readonly ShippingBook _book = new(
        [],
        [
            new()
            {
                Id = new(1),
                Title = "Parcel",
                IsActive = true,
                Service = "parcel",
            },
            new()
            {
                Id = new(2),
                Title = "Letter",
                IsActive = true,
                Service = "letter",
            },
        ]
    );

    private readonly string _name = $"rates-{Guid.CreateVersion7():N}";
    private readonly LogLines _log = new();
    private RateDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await RateDesk.OpenAsync();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task However_many_ask_it_is_asked_once_until_the_answer_is_old_or_the_parcel_another()
    {
        var rates = Rates();
        var onAnotherNode = Rates();
        var prices = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PriceAsync(rates, grams: 1000)));
        var kept = await PriceAsync(onAnotherNode, grams: 1000);
        var sameThere = await PriceAsync(rates, grams: 1000, new("GB", Region: null, "se108xj"));
        var before = _desk.Questions.Count;
        var heavier = await PriceAsync(rates, grams: 3000);
        var elsewhere = await PriceAsync(rates, grams: 1000, new("IE", Region: null));
        var others = _desk.Questions.Count;
        shop.Clock.Advance(TimeSpan.FromMinutes(6));
        // Being used makes it no younger.
        var used = await PriceAsync(rates, grams: 1000);
        shop.Clock.Advance(TimeSpan.FromMinutes(4));
        var again = await PriceAsync(rates, grams: 1000);

        Assert.All([.. prices, kept, sameThere, elsewhere, used, again], price => Assert.Equal(410, price));
        Assert.Equal(430, heavier);
        Assert.Equal((1, 3, 4), (before, others, _desk.Questions.Count));
        Assert.Equal(
            """{"services":["letter","parcel"],"currencyCode":"GBP","destination":{"countryCode":"GB","postalCode":"SE108XJ"},"parcel":{"grams":1000,"units":1,"value":"5.00"}}""",
            _desk.Questions[0]
        );
    }

    [Fact]
    public async Task What_is_not_told_among_others_is_not_available()
    {
        var rates = Rates();

        var told = await rates.ReadAsync(_book, ParcelOf(grams: 1000), CancellationToken.None);

        Assert.Null(_book.To(new(2), _greenwich, told)!.Told!.Price);
    }

    public static TheoryData<string> Failures =>
        [
            "fault",
            "moved",
            "no JSON",
            "no rates",
            "other currency",
            "below nothing",
            "too fine",
            "no price",
            "twice",
            "too long",
            "away",
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_cannot_be_read_is_no_answer_is_not_kept_and_holds_nobody_up(string how)
    {
        var rates = Rates();
        _desk.Answer = _ => Badly(how);
        if (how == "away")
        {
            await _desk.DisposeAsync();
        }

        var none = await PriceAsync(rates, grams: 1000);
        if (how != "away")
        {
            _desk.Answer = RateDesk.Well;
            Assert.Equal(410, await PriceAsync(rates, grams: 1000));
            Assert.Equal(2, _desk.Questions.Count);
        }

        Assert.Null(none);
        Assert.Contains("gave no answer", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_not_waited_for()
    {
        var rates = Rates();
        var (asked, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        _desk.Answer = question =>
        {
            asked.SetResult();
            end.Task.Wait();
            return RateDesk.Well(question);
        };

        var waiting = PriceAsync(rates, grams: 1000);
        await asked.Task;
        shop.Clock.Advance(TimeSpan.FromMilliseconds(800));
        var price = await waiting;
        end.SetResult();

        Assert.Null(price);
    }

    [Fact]
    public async Task While_most_calls_fail_none_is_made_and_after_a_pause_one_is()
    {
        var rates = Rates();
        _desk.Answer = _ => Badly("fault");
        for (var grams = 1; grams <= 15; grams++)
        {
            Assert.Null(await PriceAsync(rates, grams));
        }

        var asked = _desk.Questions.Count;
        _desk.Answer = RateDesk.Well;
        var tooSoon = await PriceAsync(rates, grams: 1000);
        shop.Clock.Advance(OutsideLine.Pause + TimeSpan.FromSeconds(1));
        var after = await PriceAsync(rates, grams: 1000);

        Assert.Equal(OutsideLine.CallsToJudge, asked);
        Assert.Equal((null, 410L), (tooSoon, after));
        Assert.Equal(asked + 1, _desk.Questions.Count);
    }

    [Fact]
    public async Task Its_key_is_sent_and_told_nobody_else()
    {
        var rates = Rates();
        _desk.Answer = _ => Badly("fault");

        await PriceAsync(rates, grams: 1);

        Assert.Equal(["Bearer s3cret"], _desk.Keys);
        Assert.DoesNotContain("s3cret", string.Join('\n', _log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_where_no_way_wants_it_nothing_is_shipped_or_it_is_not_known_where_to()
    {
        var rates = Rates();
        var download = Line(1, 500) with { RequiresShipping = false };

        await rates.ReadAsync(new([], []), ParcelOf(grams: 1), CancellationToken.None);
        await rates.ReadAsync(_book, way: null, ParcelOf(grams: 1), CancellationToken.None);
        await rates.ReadAsync(_book, Parcel.Of([download], _greenwich), default);
        await rates.ReadAsync(_book, Parcel.Of([Line(1, 500)], place: null), default);

        Assert.Empty(_desk.Questions);
    }

    private static IResult Badly(string how) =>
        how switch
        {
            "fault" => Results.StatusCode(503),
            "moved" => Results.Redirect("/elsewhere"),
            "no JSON" => Results.Text("<html>"),
            "no rates" => Results.Text("""{"currencyCode": "GBP"}"""),
            "other currency" => Results.Text("""{"currencyCode": "EUR", "rates": []}"""),
            "below nothing" => RateDesk.Told("""[{"service": "parcel", "price": "-0.01"}]"""),
            "too fine" => RateDesk.Told("""[{"service": "parcel", "price": "4.005"}]"""),
            "no price" => RateDesk.Told("""[{"service": "parcel"}]"""),
            "twice" => RateDesk.Told(
                """[{"service": "parcel", "price": "1"}, {"service": "parcel", "price": "2"}]"""
            ),
            _ => RateDesk.Told($"[{new string(' ', OutsideHttp.MaxAnswerBytes)}]"),
        };

    private CarrierRates Rates()
    {
        var log = LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<OutsideLine>();
        var terms = new OutsideTerms(_name, CallsAtOnce: 4, TimeSpan.FromMinutes(10), MaxKept: 100);
        var line = new OutsideLine(terms, shop.Get<ShopMeter>(), shop.Clock, log);
        return new(
            new(line, terms, shop.Get<IConnectionMultiplexer>(), shop.Clock, log),
            shop.Get<OutsideHttp>(),
            Options.Create(new RateOptions { Address = _desk.Address, Key = "s3cret" })
        );
    }

    private static Parcel ParcelOf(long grams, Destination? place = null) =>
        Parcel.Of([Line(1, 500) with { Grams = grams }], place ?? _greenwich)!;

    /// <returns>Minor units; null where the table counts.</returns>
    private static async Task<long?> PriceAsync(CarrierRates rates, long grams, Destination? place = null)
    {
        var told = await rates.ReadAsync(_book, ParcelOf(grams, place), CancellationToken.None);
        return _book.To(new(1), place ?? _greenwich, told)?.Told?.Price?.Minor;
    }
}
