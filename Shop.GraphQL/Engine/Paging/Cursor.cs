using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Paging;

/// <summary>
/// A place in a sorted list: the sort key of its row. A new row before it moves no page, which a page number cannot say.
/// </summary>
internal static class Cursor
{
    // Not in any of our sort keys: they are numbers, times, slugs and titles.
    private const char Separator = '\u001f';

    /// <summary>Writes the parts of a sort key, the unique one last.</summary>
    public static string Of(params ReadOnlySpan<string> parts) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, parts)));

    /// <summary>Writes a sort key that is a number, such as an id.</summary>
    public static string Of(long number) => Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a sort key that is a number; null where there is no cursor.</summary>
    /// <exception cref="ExecutionError">It is no cursor of such a list.</exception>
    public static long? Number(string? cursor) =>
        cursor is null ? null : Number(cursor, Read(cursor, count: 1)[0]);

    /// <summary>Reads a part of a cursor that is a number.</summary>
    /// <exception cref="ExecutionError">It is none.</exception>
    public static long Number(string cursor, string part) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(cursor);

    /// <summary>Reads what <see cref="Of(ReadOnlySpan{string})"/> wrote.</summary>
    /// <param name="cursor">As a client sent it.</param>
    /// <param name="count">How many parts this list's sort key has.</param>
    /// <exception cref="ExecutionError">It is no cursor of this list.</exception>
    public static IReadOnlyList<string> Read(string cursor, int count)
    {
        if (cursor.Length <= 1024 && Base64Url.IsValid(cursor))
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            var parts = key.Split(Separator);
            if (parts.Length == count && SentText.IsFit(key))
            {
                return parts;
            }
        }

        throw Invalid(cursor);
    }

    /// <summary>The answer to a cursor whose parts make no sense, such as a letter where a number should stand.</summary>
    public static ExecutionError Invalid(string cursor) =>
        new($"'{cursor}' is not a cursor of this list.") { Code = ErrorCode.InvalidCursor };
}
