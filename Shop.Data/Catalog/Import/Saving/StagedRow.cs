using Npgsql;
using NpgsqlTypes;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// A row of a file that waits to be saved, so that the SKUs of a product come together wherever they stand in the file, and
/// no more than a batch of them is ever in memory. Removed with the end of its import.
/// </summary>
internal sealed class StagedRow
{
    public ImportId ImportId { get; init; }

    public int Line { get; init; }

    public string Sku { get; init; } = "";

    public string Code { get; init; } = "";

    public string Title { get; init; } = "";

    public string? Description { get; init; }

    public string? Brand { get; init; }

    public string? Category { get; init; }

    public string? Tags { get; init; }

    public string? Option { get; init; }

    public string? OptionValue { get; init; }

    public string? TaxClass { get; init; }

    public int? WeightGrams { get; init; }

    public bool? RequiresShipping { get; init; }

    public long PriceMinor { get; init; }

    public string Currency { get; init; } = "";

    public int? Stock { get; init; }

    public long? UnitsSold { get; init; }

    public DateOnly? FirstSoldOn { get; init; }

    /// <summary>For <see cref="WriteAsync"/>.</summary>
    public const string Copy = """
        copy catalog.import_row (
            import_id, line, sku, code, title, description, brand, category, tags, option, option_value,
            tax_class, weight_grams, requires_shipping, price_minor, currency, stock, units_sold, first_sold_on
        ) from stdin binary
        """;

    public static async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        ImportId import,
        int line,
        ImportRow row,
        CancellationToken cancel
    )
    {
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(import.Value, cancel);
        await copy.WriteAsync(line, cancel);
        await copy.WriteAsync(row.Sku, cancel);
        await copy.WriteAsync(row.ProductCode, cancel);
        await copy.WriteAsync(row.Title, cancel);
        await copy.WriteAsync(row.Description, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.Brand, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.Category, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.Tags, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.Option, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.OptionValue, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.TaxClass, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.WeightGrams, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(row.RequiresShipping, NpgsqlDbType.Boolean, cancel);
        await copy.WriteAsync(row.Price.Minor, cancel);
        await copy.WriteAsync(row.Price.Currency, NpgsqlDbType.Char, cancel);
        await copy.WriteAsync(row.Stock, NpgsqlDbType.Integer, cancel);
        await copy.WriteAsync(row.UnitsSold, NpgsqlDbType.Bigint, cancel);
        await copy.WriteAsync(row.FirstSoldOn, NpgsqlDbType.Date, cancel);
    }
}
