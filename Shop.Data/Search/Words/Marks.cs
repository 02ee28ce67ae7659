using System.Text;

namespace Shop.Data.Search.Words;

/// <summary>Shows what of a text was asked for: as HTML in which nothing but <c>&lt;mark&gt;</c> is markup.</summary>
internal static class Marks
{
    /// <param name="text">As it was written.</param>
    /// <param name="places">Where each mark begins, and the character behind it; in any order, and they may overlap.</param>
    public static string Html(string text, IEnumerable<(int Start, int End)> places)
    {
        var html = new StringBuilder();
        var told = 0;
        foreach (var (start, end) in places.Order())
        {
            if (start >= told)
            {
                html.Append(Escaped(text[told..start])).Append("<mark>");
                html.Append(Escaped(text[start..end])).Append("</mark>");
                told = end;
            }
        }

        return html.Append(Escaped(text[told..])).ToString();
    }

    /// <summary>Where runs of signs stand in a text.</summary>
    public static IEnumerable<(int Start, int End)> OfSigns(string text, IEnumerable<string> runs)
    {
        foreach (var run in runs)
        {
            for (
                var place = text.IndexOf(run, StringComparison.Ordinal);
                place >= 0;
                place = text.IndexOf(run, place + run.Length, StringComparison.Ordinal)
            )
            {
                yield return (place, place + run.Length);
            }
        }
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal);
}
