using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Channels.Books;

namespace Shop.Channels.Alipay;

/// <summary>Payments in the words of Alipay.</summary>
internal static class AlipayWords
{
    private static readonly JsonSerializerOptions _json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>How far a payment has come.</summary>
    public static string Status(Trade trade, DateTimeOffset now) =>
        trade.Status switch
        {
            TradeStatus.Paid when trade.BackMinor == trade.PaidMinor => "TRADE_CLOSED",
            TradeStatus.Paid when trade.Notes.ContainsKey("finished") => "TRADE_FINISHED",
            TradeStatus.Paid => "TRADE_SUCCESS",
            TradeStatus.Closed => "TRADE_CLOSED",
            _ => trade.ExpiresAt <= now ? "TRADE_CLOSED" : "WAIT_BUYER_PAY",
        };

    /// <summary>Writes it down.</summary>
    public static string Json(object told) => JsonSerializer.Serialize(told, _json);

    /// <summary>An amount.</summary>
    public static string Yuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A moment.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToOffset(AlipayWire.Beijing).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
