using Shop.Data.Catalog.Import.Reading;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>One SKU, as a file tells it.</summary>
/// <param name="Sku">Column <c>sku</c>: 1 to 64 characters.</param>
/// <param name="ProductCode">Column <c>product_code</c>: what its siblings share; the SKU itself where it is absent or empty.</param>
/// <param name="Title">Column <c>title</c>: up to 200 characters; may be empty.</param>
/// <param name="Price">Column <c>list_price_gbp</c>, or another currency's code in small letters: zero or more.</param>
/// <param name="UnitsSold">Column <c>units_sold</c>: 0 where it is absent; negative if more came back than went out.</param>
/// <param name="FirstSoldOn">Column <c>first_sold_on</c>: <c>2010-12-01</c>, where it is there.</param>
internal sealed record ImportRow(
    string Sku,
    string ProductCode,
    string Title,
    Money Price,
    long UnitsSold,
    DateOnly? FirstSoldOn
)
{
    /// <summary>The row that a record holds, or what is wrong with it: the first that is.</summary>
    public static (ImportRow? Row, RowFault? Fault) Read(IReadOnlyDictionary<string, string> fields)
    {
        var reader = new RowReader(fields);
        var sku = reader.Code("sku");
        var row = new ImportRow(
            sku,
            reader.Code("product_code", otherwise: sku),
            reader.Title(),
            reader.Price(),
            reader.Whole("units_sold"),
            reader.Day("first_sold_on")
        );
        return reader.Fault is null ? (row, null) : (null, reader.Fault);
    }

    /// <summary>What is wrong with the columns of a file; null where rows can be read by them.</summary>
    public static RowFault? Check(IReadOnlyList<string> columns)
    {
        var twice = columns.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key;
        var absent =
            twice is not null ? null
            : !columns.Contains("sku") ? "sku"
            : !columns.Contains("title") ? "title"
            : !columns.Any(name => name.StartsWith(RowReader.PricePrefix, StringComparison.Ordinal))
                ? $"{RowReader.PricePrefix}gbp"
            : null;
        return (twice ?? absent) is { } name
            ? RowFault.Of(
                ImportErrorCode.Header,
                name,
                twice is null ? $"there is no column {name}" : $"there is more than one column {name}",
                string.Join(',', columns)
            )
            : null;
    }
}
