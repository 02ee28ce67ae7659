using System.Globalization;

namespace Shop.Data.Payments;

/// <summary>
/// The shop's numbers at channels: its mark and the id, as letters and digits, since all channels take those. A refund's has an R
/// between.
/// </summary>
internal static class OutNumbers
{
    public static string Of(string mark, PaymentId id) =>
        string.Create(CultureInfo.InvariantCulture, $"{mark}{id.Value}");

    public static string Of(string mark, RefundId id) =>
        string.Create(CultureInfo.InvariantCulture, $"{mark}R{id.Value}");

    /// <summary>Whether a number is one that this installation may have given to a payment.</summary>
    public static bool IsOurs(string mark, string outNo) =>
        outNo.StartsWith(mark, StringComparison.Ordinal)
        && outNo.Length > mark.Length
        && outNo[mark.Length..].All(char.IsAsciiDigit);
}
