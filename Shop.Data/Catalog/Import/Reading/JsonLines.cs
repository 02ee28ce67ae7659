using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>The records of a file with one JSON object per line; empty lines are skipped.</summary>
internal static class JsonLines
{
    public static async IAsyncEnumerable<SourceLine> ReadAsync(
        TextReader text,
        ImportColumns columns,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var number = 1; await NextAsync(text, number, cancel) is var (line, end); number++)
        {
            if (end is { } broken)
            {
                yield return broken;
                yield break;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Read(number, line, columns);
            }
        }
    }

    // Null at the end.
    private static async Task<(string Line, SourceLine? End)?> NextAsync(
        TextReader text,
        int number,
        CancellationToken cancel
    )
    {
        try
        {
            return await text.ReadLineAsync(cancel) is { } line ? (line, null) : null;
        }
        catch (Exception fault) when (SourceLine.IsOfTheFile(fault))
        {
            return ("", SourceLine.BrokenOff(number, fault));
        }
    }

    private static SourceLine Read(int number, string line, ImportColumns columns)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var read = json.RootElement.EnumerateObject().Where(property => columns.Reads(NameOf(property)));
            return new(number, read.ToDictionary(NameOf, ValueOf), Fault: null);
        }
        catch (JsonException)
        {
            return SourceLine.Unreadable(number, "it is no JSON", line);
        }
        catch (InvalidOperationException)
        {
            return SourceLine.Unreadable(number, "it is no JSON object of texts and numbers", line);
        }
        catch (ArgumentException)
        {
            return SourceLine.Unreadable(number, "it has a property twice", line);
        }
    }

    private static string NameOf(JsonProperty property) => property.Name.Trim().ToLowerInvariant();

    private static string ValueOf(JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Number => property.Value.GetRawText(),
            JsonValueKind.True when NameOf(property) == ImportColumns.RequiresShipping => "true",
            JsonValueKind.False when NameOf(property) == ImportColumns.RequiresShipping => "false",
            // Throws for lists, objects and other booleans.
            _ => PlainText.Composed(property.Value.GetString()!.Trim()),
        };
}
