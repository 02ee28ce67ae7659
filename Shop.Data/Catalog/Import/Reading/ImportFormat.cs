using System.IO.Compression;
using System.Text;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>How a catalogue file is written. Either may be compressed with gzip; that is seen from its first bytes.</summary>
public enum ImportFormat : short
{
    /// <summary>RFC 4180 in UTF-8: a header of column names in any order, quotes doubled inside quotes.</summary>
    Csv = 1,

    /// <summary>One JSON object per line, its properties named like the columns.</summary>
    JsonLines = 2,
}

/// <summary>Finds out a file's format from what it is called, and from how it begins.</summary>
public static class ImportFormats
{
    private const int MaxLooked = 512;

    /// <summary>By the end of a name, such as <c>goods.csv.gz</c>; null where it tells nothing.</summary>
    public static ImportFormat? OfName(string name)
    {
        var plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".csv" => ImportFormat.Csv,
            ".jsonl" or ".ndjson" or ".json" => ImportFormat.JsonLines,
            _ => null,
        };
    }

    /// <summary>By a media type without parameters, such as <c>text/csv</c>; null where it tells nothing.</summary>
    public static ImportFormat? OfMediaType(string type) =>
        type.ToLowerInvariant() switch
        {
            "text/csv" => ImportFormat.Csv,
            "application/jsonl" or "application/x-ndjson" => ImportFormat.JsonLines,
            _ => null,
        };

    /// <summary>By its first bytes, gzip or not; null where they are neither an object nor text, such as a workbook.</summary>
    public static ImportFormat? OfContent(ReadOnlyMemory<byte> start)
    {
        var text = Encoding.UTF8.GetString(Unfolded(start)).AsSpan().TrimStart("\uFEFF \t\r\n");
        return text switch
        {
            ['{', ..] => ImportFormat.JsonLines,
            [] or ['[', ..] => null,
            _ when text.ContainsAnyInRange('\0', '\b') => null,
            _ => ImportFormat.Csv,
        };
    }

    private static ReadOnlySpan<byte> Unfolded(ReadOnlyMemory<byte> start)
    {
        if (start.Span is not [0x1f, 0x8b, ..])
        {
            return start.Span[..Math.Min(start.Length, MaxLooked)];
        }

        var plain = new byte[MaxLooked];
        using var gzip = new GZipStream(new MemoryStream(start.ToArray()), CompressionMode.Decompress);
        try
        {
            return plain.AsSpan(0, gzip.Read(plain));
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
