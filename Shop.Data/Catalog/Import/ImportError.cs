namespace Shop.Data.Catalog.Import;

/// <summary>Why a row of a file was not saved. The first ten thousand of an import are kept.</summary>
public sealed class ImportError
{
    /// <summary>Whose.</summary>
    public ImportId ImportId { get; init; }

    /// <summary>Where the row begins in the file, from 1; the header of a CSV file is line 1.</summary>
    public int Line { get; init; }

    /// <summary>What is wrong, for a program.</summary>
    public ImportErrorCode Code { get; init; }

    /// <summary>The column that is to blame; null where no one is.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong, for the author of the file.</summary>
    public string Message { get; init; } = "";

    /// <summary>What stands there, at most 200 characters of it; null where nothing does.</summary>
    public string? Text { get; init; }
}

/// <summary>What is wrong with a row. The list grows; have a default branch.</summary>
// Stored as a number; a number is never given a second meaning.
public enum ImportErrorCode : short
{
    /// <summary>The header lacks a column, or has one twice: nothing of the file can be read.</summary>
    Header = 1,

    /// <summary>The row is no CSV, no JSON object, or no UTF-8; or a field that is read is neither text nor number.</summary>
    Unreadable = 2,

    /// <summary>A field that has to be there is absent or empty.</summary>
    Missing = 3,

    /// <summary>A field is no such value: no number, no day, no price of the currency, no choice that is left.</summary>
    InvalidValue = 4,

    /// <summary>A field has more characters than may be.</summary>
    TooLong = 5,

    /// <summary>The SKU stands in the file before.</summary>
    DuplicateSku = 6,

    /// <summary>The SKU is one of another product in the shop. An import moves none.</summary>
    SkuOfAnotherProduct = 7,

    /// <summary>Its product has more SKUs in the file than a product may have.</summary>
    TooManySkus = 8,

    /// <summary>From here on nothing could be read: a line without an end, a broken compression, too many rows.</summary>
    BrokenOff = 9,

    /// <summary>The database refuses the row's product, which none of the checks before has foreseen; the shop's log tells more.</summary>
    NotSaved = 10,
}

/// <summary>What is wrong with a row, before it is known whose it is.</summary>
internal sealed record RowFault(ImportErrorCode Code, string? Field, string Message, string? Text)
{
    /// <summary>Characters of the offending text that are kept.</summary>
    public const int MaxText = 200;

    private const int MaxMessage = 500;

    /// <summary>The same, with no more of the texts than is kept, and none of what cannot be.</summary>
    public static RowFault Of(ImportErrorCode code, string? field, string message, string? text) =>
        new(
            code,
            field is null ? null : Cut(field, MaxText),
            Cut(message, MaxMessage),
            text is null ? null : Cut(text, MaxText)
        );

    /// <summary>The beginning of a text, as far as PostgreSQL keeps it: half of a character is none, and 0 neither.</summary>
    public static string Cut(string text, int max)
    {
        var cut = text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
        return cut.Replace("\0", "", StringComparison.Ordinal);
    }
}
