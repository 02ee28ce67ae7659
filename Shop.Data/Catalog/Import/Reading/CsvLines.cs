using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog.Import.Reading;

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
                if (ImportRow.Check(columns) is { } fault)
                {
                    yield return next with
                    {
                        Fault = fault,
                    };
                    yield break;
                }
            }
            else if (isBroken)
            {
                yield return SourceLine.Unreadable(
                    next.Number,
                    "a quote stands where none may be; inside quotes, write it twice",
                    csv.RawRecord.TrimEnd()
                );
            }
            else if (values.Length != columns.Length)
            {
                yield return SourceLine.Unreadable(
                    next.Number,
                    $"it has {values.Length} columns, the header {columns.Length}",
                    csv.RawRecord.TrimEnd()
                );
            }
            else
            {
                yield return next with
                {
                    Fields = ByName(columns, values),
                };
            }
        }

        if (columns is null)
        {
            yield return new(1, Fields: null, ImportRow.Check([]));
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
            return SourceLine.BrokenOff(after + 1, "a field is very long: is a quote not closed?");
        }
        catch (Exception fault) when (SourceLine.IsOfTheFile(fault))
        {
            return SourceLine.BrokenOff(after + 1, fault);
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
