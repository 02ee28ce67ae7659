using System.Globalization;

namespace Shop.Data.Storage.Bookmarks;

/// <summary>What a statement on the primary could see: PostgreSQL's <c>pg_snapshot</c>.</summary>
/// <param name="Text">As PostgreSQL writes it: <c>xmin:xmax:running</c>.</param>
/// <param name="Next">The first transaction that had not begun to write.</param>
/// <param name="Running">Those before it that had not ended.</param>
public sealed record PastSnapshot(string Text, long Next, IReadOnlyList<long> Running)
{
    /// <exception cref="FormatException">The text is no snapshot.</exception>
    public static PastSnapshot Parse(string text) =>
        text.Split(':') is [_, var next, var running]
            ? new(
                text,
                Number(next),
                [.. running.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)]
            )
            : throw new FormatException($"{text} is no snapshot.");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
