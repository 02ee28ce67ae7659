using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>The records of a CSV file (RFC 4180) whose first line names the columns.</summary>
internal static class CsvLines
{
    public static async IAsyncEnumerable<SourceLine> ReadAsync(TextReader text, ImportColumns columns)
    {
        var isBroken = false;
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => isBroken = true,
            // A quote that is never closed makes one field of the rest of the file; here it is noticed.
            MaxFieldSize = BoundedLines.MaxBytes,
        };
        using var csv = new CsvParser(text, settings, leaveOpen: true);
        string[]? names = null;
        while (await NextAsync(csv) is { } next)
        {
            if (next.Fault is not null)
            {
                yield return next;
                yield break;
            }

            isBroken = false;
            // Parted only now: this is what finds a broken quote.
            var values = csv.Record!;
            if (names is null)
            {
                names = [.. values.Select(name => name.Trim().ToLowerInvariant())];
                if (columns.Check(names) is { } fault)
                {
                    yield return next with
                    {
                        Fault = fault,
                    };
                    yield break;
                }
            }
            else
            {
                yield return Row(next.Number, names, values, csv, isBroken, columns);
            }
        }

        if (names is null)
        {
            yield return new(1, Fields: null, columns.Check([]));
        }
    }

    private static SourceLine Row(
        int number,
        string[] names,
        string[] values,
        CsvParser csv,
        bool isBroken,
        ImportColumns columns
    )
    {
        if (!isBroken && values.Length == names.Length)
        {
            return new(number, ByName(names, values, columns), Fault: null);
        }

        var reason = isBroken
            ? "a quote stands where none may be; inside quotes, write it twice"
            : $"it has {values.Length} columns, the header {names.Length}"
                + (csv.RawRow > number ? $", up to line {csv.RawRow}: is a quote not closed?" : "");
        return SourceLine.Unreadable(number, reason, csv.RawRecord.TrimEnd());
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

    private static Dictionary<string, string> ByName(
        string[] names,
        string[] values,
        ImportColumns columns
    ) =>
        names
            .Zip(values)
            .Where(field => columns.Reads(field.First))
            .ToDictionary(field => field.First, field => PlainText.Composed(field.Second.Trim()));
}
