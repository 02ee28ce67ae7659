using System.Globalization;

namespace Shop.Data.Payments.Channels;

/// <summary>Amounts of CNY as they are written with a point: <c>129.90</c>.</summary>
internal static class Yuan
{
    /// <summary>The only currency that is written so.</summary>
    public const string Currency = "CNY";

    /// <summary>Writes fen with two decimals.</summary>
    public static string Write(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Reads fen.</summary>
    /// <returns>Null where it is no amount, or finer than a fen.</returns>
    public static long? Read(string? text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var yuan
        )
        && yuan is > -1_000_000_000_000m and < 1_000_000_000_000m
        && decimal.Truncate(yuan * 100) == yuan * 100
            ? (long)(yuan * 100)
            : null;
}
