namespace Shop.Data.Catalog.Import;

/// <summary>How a catalogue file is written. Either may be compressed with gzip; that is seen from its first bytes.</summary>
public enum ImportFormat
{
    /// <summary>RFC 4180 in UTF-8: a header of column names in any order, quotes doubled inside quotes.</summary>
    Csv,

    /// <summary>One JSON object per line, its properties named like the columns.</summary>
    JsonLines,
}
