using System.Globalization;

namespace Shop.Channels.UnionPay;

/// <summary>What UnionPay takes: mandatory fields, lengths, dates, numbers.</summary>
internal static class UnionPayRules
{
    /// <summary>Beijing's time.</summary>
    public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>The code of what is wrong with a message; null where nothing is.</summary>
    public static string? Refuse(UnionPayFields message, DateTimeOffset now) =>
        Wrong(message, "version", "5.1.0")
        ?? Wrong(message, "encoding", "UTF-8")
        ?? Wrong(message, "signMethod", "01")
        ?? Wrong(message, "accessType", "0")
        ?? (message.Text("merId") == UnionPayWire.Merchant ? null : "31")
        ?? (
            Time(message.Text("txnTime")) is { } at && (at - now).Duration() < TimeSpan.FromDays(200)
                ? null
                : "10"
        )
        ?? (message.Text("txnType") == "76" || IsNumber(message.Text("orderId")) ? null : "10")
        ?? message.Text("txnType") switch
        {
            "01" => RefuseMoney(message) ?? RefusePayment(message, now),
            "04" => RefuseMoney(message)
                ?? (message.Text("origQryId").Length == 21 ? null : "13")
                ?? (message.ContainsKey("frontUrl") || message.ContainsKey("payTimeout") ? "10" : null),
            "00" => Wrong(message, "txnSubType", "00") ?? Wrong(message, "bizType", "000000"),
            "76" => Wrong(message, "txnSubType", "01")
                ?? Wrong(message, "fileType", "00")
                ?? (message.Text("settleDate").Length == 4 ? null : "13"),
            _ => "10",
        };

    /// <summary>A moment in Beijing, such as <c>20260101080000</c>; null where it is none.</summary>
    public static DateTimeOffset? Time(string text) =>
        DateTime.TryParseExact(
            text,
            "yyyyMMddHHmmss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var there
        )
            ? new DateTimeOffset(there, Beijing)
            : null;

    /// <summary>The same, written.</summary>
    public static string Text(DateTimeOffset at, string format = "yyyyMMddHHmmss") =>
        at.ToOffset(Beijing).ToString(format, CultureInfo.InvariantCulture);

    private static string? RefuseMoney(UnionPayFields message) =>
        (IsAmount(message.Text("txnAmt")) ? null : "10")
        ?? Wrong(message, "currencyCode", "156")
        ?? (message.Text("channelType") is "07" or "08" ? null : "10")
        ?? (Address(message.Text("backUrl")) ? null : "10")
        ?? (message.Text("reqReserved").Length <= 1024 ? null : "10")
        ?? (message.Text("reqReserved").Any("&=[]{}".Contains) ? "10" : null);

    private static string? RefusePayment(UnionPayFields message, DateTimeOffset now) =>
        (
            (message.Text("txnSubType"), message.Text("bizType"), message.Text("channelType"))
                is
                    ("01", "000201", _)
                    or
                    ("07", "000000", "08")
                ? null
                : "10"
        )
        ?? (!message.ContainsKey("payTimeout") || Time(message.Text("payTimeout")) > now ? null : "10")
        ?? (!message.ContainsKey("frontUrl") || Address(message.Text("frontUrl")) ? null : "10");

    private static string? Wrong(UnionPayFields message, string name, string right) =>
        message.Text(name) is not { Length: > 0 } text ? "13"
        : text == right ? null
        : "10";

    private static bool Address(string text) =>
        text.Length <= 256
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https";

    private static bool IsNumber(string text) =>
        text.Length is >= 8 and <= 32 && text.All(char.IsAsciiLetterOrDigit);

    private static bool IsAmount(string text) =>
        text.Length is >= 1 and <= 12 && text.All(char.IsAsciiDigit) && text[0] != '0';
}
