namespace Shop.Data.Catalog.Import.Reading;

/// <summary>How a catalogue file is written. Either may be compressed with gzip; that is seen from its first bytes.</summary>
public enum ImportFormat : short
{
    /// <summary>RFC 4180 in UTF-8: a header of column names in any order, quotes doubled inside quotes.</summary>
    Csv = 1,

    /// <summary>One JSON object per line, its properties named like the columns.</summary>
    JsonLines = 2,
}

/// <summary>Finds out a file's format from what it is called.</summary>
public static class ImportFormats
{
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

    /// <summary>By a media type without parameters, such as <c>text/csv</c>; null where it is none of ours.</summary>
    public static ImportFormat? OfMediaType(string type) =>
        type.ToLowerInvariant() switch
        {
            "text/csv" => ImportFormat.Csv,
            "application/jsonl" or "application/x-ndjson" => ImportFormat.JsonLines,
            _ => null,
        };
}
