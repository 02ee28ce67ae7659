using Shop.Data.Payments.Channels.UnionPay;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>What UnionPay's codes and fields mean, one by one.</summary>
public sealed class UnionPayReadingTests
{
    private static readonly DateTimeOffset _near = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00", true, false)]
    [InlineData("A6", true, false)]
    [InlineData("03", false, true)]
    [InlineData("04", false, true)]
    [InlineData("05", false, true)]
    [InlineData("34", false, true)]
    [InlineData("60", false, true)]
    [InlineData(null, false, true)]
    [InlineData("77", false, false)]
    public void A_code_says_done_or_ask_again_or_refused(string? code, bool isDone, bool isDoubtful) =>
        Assert.Equal((isDone, isDoubtful), (UnionPayCodes.IsDone(code), UnionPayCodes.IsDoubtful(code)));

    [Theory]
    [InlineData("156", "CNY")]
    [InlineData("840", "840")]
    [InlineData("", "")]
    public void Only_yuan_are_yuan(string code, string currency)
    {
        var message = new UnionPayMessage
        {
            ["orderId"] = "S1",
            ["queryId"] = "Q1",
            ["txnAmt"] = "12990",
            ["currencyCode"] = code,
        };

        Assert.Equal(currency, UnionPayReceipt.Read(message, _near)?.Currency);
    }

    [Fact]
    public void Fields_that_are_empty_are_not_signed() =>
        Assert.Equal(
            new UnionPayMessage { ["merId"] = "7" }.SignedText(),
            new UnionPayMessage
            {
                ["merId"] = "7",
                ["reserved"] = "",
                ["signature"] = "x",
            }.SignedText()
        );
}
