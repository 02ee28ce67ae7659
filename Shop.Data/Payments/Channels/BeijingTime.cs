using System.Globalization;

namespace Shop.Data.Payments.Channels;

/// <summary>The time by which the channels of China write: eight hours ahead all year.</summary>
internal static class BeijingTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly TimeSpan _offset = TimeSpan.FromHours(8);

    /// <summary>Whose days their bills are of.</summary>
    public static TimeZoneInfo Zone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", _offset, "Asia/Shanghai", "Asia/Shanghai");

    /// <summary>A moment as <c>2026-01-01T08:30:00+08:00</c>.</summary>
    public static string Rfc3339(DateTimeOffset moment) =>
        moment.ToOffset(_offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A moment as <c>2026-01-01 08:30:00</c>.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.ToOffset(_offset).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads <c>2026-01-01 08:30:00</c>.</summary>
    /// <returns>Null where it is none.</returns>
    public static DateTimeOffset? Read(string? text) =>
        DateTime.TryParseExact(
            text,
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var moment
        )
            ? new DateTimeOffset(moment, _offset)
            : null;
}
