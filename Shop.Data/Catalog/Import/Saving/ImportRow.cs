using Shop.Data.Catalog.Import.Reading;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>One SKU, as a file tells it. What is null it does not tell; what is empty, it says there is none of.</summary>
/// <param name="Sku">Column <c>sku</c>: 1 to 64 characters without blanks.</param>
/// <param name="ProductCode">Column <c>product_code</c>: what its siblings share; the SKU itself where it is absent or empty.</param>
/// <param name="Title">Column <c>title</c>: of the product; 1 to 200 characters.</param>
/// <param name="Description">Column <c>description</c>: up to 10,000 characters.</param>
/// <param name="Brand">Column <c>brand</c>: up to 200 characters.</param>
/// <param name="Category">Column <c>category</c>: titles from a root down, parted by <see cref="RowReader.Below"/>.</param>
/// <param name="Tags">Column <c>tags</c>: parted by commas, as they are stored.</param>
/// <param name="Option">Column <c>option</c>: what is chosen on the product; null where its SKUs are told apart by titles.</param>
/// <param name="OptionValue">Column <c>option_value</c>: which choice the SKU is.</param>
/// <param name="TaxClass">Column <c>tax_class</c>: of the product; 1 to 50 small letters, digits and hyphens.</param>
/// <param name="WeightGrams">Column <c>weight_grams</c>: what one weighs; 0 to 10,000,000.</param>
/// <param name="RequiresShipping">Column <c>requires_shipping</c>: <c>true</c> or <c>false</c>.</param>
/// <param name="Price">Column <c>list_price_gbp</c>, or that of the shop's own currency: more than zero.</param>
/// <param name="Stock">Column <c>stock</c>: units that the SKU opens with; 0 or more.</param>
/// <param name="UnitsSold">Column <c>units_sold</c>: negative if more came back than went out.</param>
/// <param name="FirstSoldOn">Column <c>first_sold_on</c>: <c>2010-12-01</c>.</param>
internal sealed record ImportRow(
    string Sku,
    string ProductCode,
    string Title,
    string? Description,
    string? Brand,
    string? Category,
    string? Tags,
    string? Option,
    string? OptionValue,
    string? TaxClass,
    int? WeightGrams,
    bool? RequiresShipping,
    Money Price,
    int? Stock,
    long? UnitsSold,
    DateOnly? FirstSoldOn
)
{
    /// <summary>The row that a record holds, or what is wrong with it: the first that is.</summary>
    public static (ImportRow? Row, RowFault? Fault) Read(
        IReadOnlyDictionary<string, string> fields,
        ImportColumns columns
    )
    {
        var reader = new RowReader(fields);
        var sku = reader.Sku();
        var code = reader.Line("product_code", ProductRules.MaxCode);
        var title = reader.Line("title", ProductRules.MaxTitle, isNeeded: true);
        var (option, value) = reader.Option();
        var row = new ImportRow(
            sku,
            string.IsNullOrEmpty(code) ? sku : code,
            title ?? "",
            reader.Text("description", ProductRules.MaxDescription),
            reader.Line("brand", ProductRules.MaxTitle),
            reader.Category(),
            reader.Tags(),
            option,
            value,
            reader.TaxClass(),
            reader.Grams(),
            reader.RequiresShipping(),
            reader.Price(columns),
            reader.Whole("stock", least: 0),
            reader.Whole("units_sold", long.MinValue),
            reader.Day("first_sold_on")
        );
        return reader.Fault is null ? (row, null) : (null, reader.Fault);
    }
}
