using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Shop.Data.Catalog.Import;

/// <summary>The records of a file with one JSON object per line; empty lines are skipped.</summary>
internal static class JsonLines
{
    public static async IAsyncEnumerable<SourceLine> ReadAsync(
        TextReader text,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var number = 1; await text.ReadLineAsync(cancel) is { } line; number++)
        {
            if (line.Length > 0)
            {
                yield return Read(number, line);
            }
        }
    }

    private static SourceLine Read(int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new(number, json.RootElement.EnumerateObject().ToDictionary(NameOf, ValueOf), Fault: null);
        }
        catch (JsonException)
        {
            return new(number, Fields: null, "it is no JSON");
        }
        catch (InvalidOperationException)
        {
            return new(number, Fields: null, "it is no JSON object of texts and numbers");
        }
        catch (ArgumentException)
        {
            return new(number, Fields: null, "it has a property twice");
        }
    }

    private static string NameOf(JsonProperty property) => property.Name.Trim().ToLowerInvariant();

    private static string ValueOf(JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Number => property.Value.GetRawText(),
            // Throws for lists, objects and booleans.
            _ => property.Value.GetString()!.Trim(),
        };
}
