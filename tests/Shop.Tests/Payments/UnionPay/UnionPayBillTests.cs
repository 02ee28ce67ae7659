using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.UnionPay;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>UnionPay's book of a day, which runs from 23:00 to 23:00 in Beijing.</summary>
public sealed class UnionPayBillTests : IAsyncLifetime
{
    private const string UnionPay = "union-pay";

    private readonly SimulatedChannels _channels = new();
    private UnionPayChannel _channel = null!;

    public async ValueTask InitializeAsync()
    {
        await _channels.InitializeAsync();
        _channel = new(_channels.Account(PaymentChannelCode.UnionPay));
    }

    public ValueTask DisposeAsync() => _channels.DisposeAsync();

    [Fact]
    public async Task It_has_what_was_paid_and_what_went_back_and_nothing_else()
    {
        var (day, at) = (Today(), _channels.Clock.GetUtcNow());
        var payment = await PaidAsync();
        _channels.Clock.Advance(TimeSpan.FromMinutes(1));
        var refund = _channels.Refund(payment, 2990);
        var back = Assert.IsType<RefundFinding.Accepted>(await _channel.RefundAsync(refund, default));
        // 23:30 in Beijing, which is the next day's.
        _channels.Clock.Advance(at.AddHours(11.5) - _channels.Clock.GetUtcNow());
        var late = await PaidAsync();
        _channels.Clock.Advance(TimeSpan.FromHours(34));

        BillLine[] expected =
        [
            new(false, payment.OutNo, payment.Reference!, null, 12990, "CNY", 64, at),
            new(
                true,
                refund.OutNo,
                back.Reference!,
                payment.OutNo,
                2990,
                "CNY",
                -14,
                at.AddMinutes(1),
                payment.Reference
            ),
        ];
        var (digest, lines) = await LinesAsync(day);
        Assert.Equal(expected, lines);
        Assert.Equal(digest, (await LinesAsync(day)).Digest);
        Assert.Equal(late.OutNo, Assert.Single((await LinesAsync(day.AddDays(1))).Lines).OutNo);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made_yet_until_ten_and_then_there_is_none()
    {
        var day = Today();
        await _channel.BeginAsync(_channels.Order(PaymentMethod.QrCode, 12990, "CNY"), default);

        Assert.IsType<BillReading.NotYet>(await _channel.ReadBillAsync(day, default));
        _channels.Clock.SetUtcNow(new(day.AddDays(1), new(9, 59), TimeSpan.FromHours(8)));
        Assert.IsType<BillReading.NotYet>(await _channel.ReadBillAsync(day, default));
        _channels.Clock.SetUtcNow(new(day.AddDays(1), new(10, 0), TimeSpan.FromHours(8)));
        Assert.IsType<BillReading.None>(await _channel.ReadBillAsync(day, default));
    }

    [Theory]
    [InlineData(CallFaultKind.NotSigned)]
    [InlineData(CallFaultKind.WronglySigned)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task A_file_that_is_not_signed_as_it_came_is_no_bill(CallFaultKind kind)
    {
        var day = Today();
        await PaidAsync();
        _channels.Clock.Advance(TimeSpan.FromDays(2));
        _channels.Simulator.Misbehaviour.Plan(new CallScript(UnionPay, kind, "bill"));

        await Assert.ThrowsAsync<NoAnswerException>(() => _channel.ReadBillAsync(day, default));
    }

    [Fact]
    public async Task A_code_that_is_not_known_is_no_bill()
    {
        _channels.Simulator.Misbehaviour.Plan(
            new CallScript(UnionPay, CallFaultKind.Refuse, "bill", Code: "31")
        );

        Assert.IsType<BillReading.Broken>(await _channel.ReadBillAsync(Today(), default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void A_line_that_is_cut_off_is_an_error(int length) =>
        Assert.Throws<FormatException>(() => UnionPayBillLine.Read(new byte[length], Today()));

    [Theory]
    [InlineData("0101000001", "2026-01-01T12:00+08:00", "2026-01-01T00:00:01+08:00")]
    [InlineData("1231235959", "2026-01-01T12:00+08:00", "2025-12-31T23:59:59+08:00")]
    [InlineData("0101000000", "2025-12-31T12:00+08:00", "2026-01-01T00:00:00+08:00")]
    [InlineData("0230000000", "2026-01-01T12:00+08:00", null)]
    [InlineData("", "2026-01-01T12:00+08:00", null)]
    public void A_moment_without_a_year_is_in_the_nearest_one(string text, string near, string? at) =>
        Assert.Equal(
            at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture),
            UnionPayTime.Read(
                text,
                DateTimeOffset.Parse(near, System.Globalization.CultureInfo.InvariantCulture)
            )
        );

    private DateOnly Today() =>
        DateOnly.FromDateTime(_channels.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    private async Task<(string Digest, List<BillLine> Lines)> LinesAsync(DateOnly day)
    {
        var bill = Assert.IsType<BillReading.Lines>(await _channel.ReadBillAsync(day, default));
        return (bill.Digest, await bill.Rows.ToListAsync());
    }

    private async Task<PaymentRef> PaidAsync()
    {
        var order = _channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        Assert.IsType<BeginOutcome.Ready>(await _channel.BeginAsync(order, default));
        return SimulatedChannels.Ref(order, _channels.Simulator.Pay(UnionPay, order.OutNo).Reference);
    }
}
