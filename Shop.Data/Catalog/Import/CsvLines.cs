using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Shop.Data.Catalog.Import;

/// <summary>The records of a CSV file (RFC 4180) whose first line names the columns.</summary>
internal static class CsvLines
{
    // A quote that is never closed makes one field of the rest of the file; here it is noticed.
    private const double MaxField = 16 * 1024;

    public static async IAsyncEnumerable<SourceLine> ReadAsync(TextReader text)
    {
        var isBroken = false;
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => isBroken = true,
            MaxFieldSize = MaxField,
        };
        using var csv = new CsvParser(text, settings, leaveOpen: true);
        string[]? columns = null;
        while (await NextAsync(csv) is { } next)
        {
            if (next.Fault is not null)
            {
                yield return next;
                yield break;
            }

            isBroken = false;
            var values = csv.Record!;
            if (columns is null)
            {
                columns = [.. values.Select(name => name.Trim().ToLowerInvariant())];
            }
            else if (isBroken)
            {
                yield return next with
                {
                    Fault = "a quote stands where none may be; inside quotes, write it twice",
                };
            }
            else if (values.Length != columns.Length)
            {
                yield return next with
                {
                    Fault = $"it has {values.Length} columns, the header {columns.Length}",
                };
            }
            else
            {
                yield return next with
                {
                    Fields = ByName(columns, values),
                };
            }
        }
    }

    // The next record's first line; null at the end.
    private static async Task<SourceLine?> NextAsync(CsvParser csv)
    {
        var after = csv.RawRow;
        try
        {
            return await csv.ReadAsync()
                ? new SourceLine(csv.RawRow - csv.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n'), null, null)
                : null;
        }
        catch (MaxFieldSizeException)
        {
            return new(
                after + 1,
                null,
                "a field is very long: is a quote not closed? Nothing after it was read"
            );
        }
    }

    private static Dictionary<string, string> ByName(string[] columns, string[] values)
    {
        var fields = new Dictionary<string, string>(columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            fields[columns[i]] = values[i].Trim();
        }

        return fields;
    }
}
