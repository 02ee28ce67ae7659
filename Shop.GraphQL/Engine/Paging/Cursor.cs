using System.Buffers.Text;
using System.Text;
using GraphQL;
using Shop.GraphQL.Engine.Schema;

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

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    /// <param name="cursor">As a client sent it.</param>
    /// <param name="count">How many parts this list's sort key has.</param>
    /// <exception cref="ExecutionError">It is no cursor of this list.</exception>
    public static IReadOnlyList<string> Read(string cursor, int count)
    {
        if (cursor.Length <= 1024 && Base64Url.IsValid(cursor))
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator);
            if (parts.Length == count)
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
