using System.Globalization;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>Times as UnionPay writes them: in Beijing, without a zone, some without a year.</summary>
internal static class UnionPayTime
{
    /// <summary>A moment, to the second: <c>20260101080000</c>.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToOffset(BeijingTime.Zone.BaseUtcOffset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>A moment that is told as <c>0101080000</c>: in the year that brings it nearest to another one.</summary>
    /// <returns>Null where the text is no such moment.</returns>
    public static DateTimeOffset? Read(string? text, DateTimeOffset near)
    {
        var year = near.ToOffset(BeijingTime.Zone.BaseUtcOffset).Year;
        DateTimeOffset? nearest = null;
        for (var candidate = year - 1; candidate <= year + 1; candidate++)
        {
            if (
                DateTime.TryParseExact(
                    string.Create(CultureInfo.InvariantCulture, $"{candidate}{text}"),
                    "yyyyMMddHHmmss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var there
                )
            )
            {
                var at = new DateTimeOffset(there, BeijingTime.Zone.BaseUtcOffset);
                nearest =
                    nearest is { } best && (best - near).Duration() <= (at - near).Duration() ? best : at;
            }
        }

        return nearest;
    }
}
