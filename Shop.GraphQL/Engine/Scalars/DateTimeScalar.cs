using System.Globalization;

namespace Shop.GraphQL.Engine.Scalars;

/// <summary>A point in time; always written in UTC, with as many of three decimals as it needs.</summary>
internal sealed class DateTimeScalar()
    : TextScalar<DateTimeOffset>(
        "DateTime",
        "A point in time by RFC 3339, such as `2026-03-01T09:30:00Z`. We answer in UTC; an offset is required.",
        "https://scalars.graphql.org/andimarek/date-time.html"
    )
{
    // "K" alone would also take a time without an offset, and then guess one.
    private static readonly string[] _formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    protected override bool TryRead(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParseExact(
            text,
            _formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out value
        );

    protected override string Write(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
