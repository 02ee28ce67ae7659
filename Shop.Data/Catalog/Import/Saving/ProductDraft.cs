namespace Shop.Data.Catalog.Import.Saving;

/// <summary>A product as an import will store it. What is null stays as it is in the shop.</summary>
/// <param name="Category">0 for none.</param>
internal sealed record ProductDraft(
    string Code,
    string Title,
    string? Description,
    string? Brand,
    long? Category,
    string? Tags,
    string? TaxClass,
    ProductOption? Option,
    DateTimeOffset CreatedAt,
    IReadOnlyList<VariantDraft> Variants
)
{
    /// <summary>What is chosen where a file tells SKUs of one product apart by their titles alone.</summary>
    public const string ByTitle = "Variant";

    /// <summary>The product that rows of one article code are; its variants stand in the order of the rows.</summary>
    /// <param name="rows">One or more.</param>
    /// <param name="hasNew">Whether the shop does not know all of their SKUs.</param>
    /// <param name="category">Finds a category by what a row says of it.</param>
    /// <param name="now">Its birth, where the rows do not tell the day of a first sale.</param>
    public static ProductDraft Of(
        IReadOnlyList<ImportRow> rows,
        bool hasNew,
        Func<string, CategoryId?> category,
        DateTimeOffset now
    )
    {
        var option = OptionOf(rows, hasNew);
        var variants = rows.Select(
                (row, i) => VariantDraft.Of(row, i, option, isSingle: hasNew && rows.Count == 1, now)
            )
            .ToArray();
        return new(
            rows[0].ProductCode,
            rows[0].Title,
            Told(rows, row => row.Description),
            Told(rows, row => row.Brand),
            Told(rows, row => row.Category) is { } path ? category(path)?.Value ?? 0 : null,
            Told(rows, row => row.Tags),
            Told(rows, row => row.TaxClass),
            option,
            variants.Min(variant => variant.CreatedAt),
            variants
        );
    }

    // Exports of other shops say it on the first row of a product, or on each.
    private static string? Told(IReadOnlyList<ImportRow> rows, Func<ImportRow, string?> field) =>
        rows.Select(field).FirstOrDefault(text => !string.IsNullOrEmpty(text))
        ?? (rows.Any(row => field(row) is not null) ? "" : null);

    private static ProductOption? OptionOf(IReadOnlyList<ImportRow> rows, bool hasNew)
    {
        if (rows[0].Option is { } told)
        {
            return new(told, [.. rows.Select(row => row.OptionValue!)]);
        }

        if (!hasNew || rows.Count == 1)
        {
            return null;
        }

        string[] titles = [.. rows.Select(row => row.Title)];
        return new(
            ByTitle,
            titles.Distinct().Count() == titles.Length ? titles : [.. rows.Select(row => row.Sku)]
        );
    }
}

/// <summary>A SKU as an import will store it.</summary>
/// <param name="SelectedOptions">Null where they stay as they are in the shop.</param>
/// <param name="WeightGrams">Null where it stays as it is in the shop.</param>
/// <param name="RequiresShipping">Null where it stays as it is in the shop.</param>
internal sealed record VariantDraft(
    string Sku,
    string Title,
    IReadOnlyList<SelectedOption>? SelectedOptions,
    int? WeightGrams,
    bool? RequiresShipping,
    Kernel.Money Price,
    int Position,
    DateTimeOffset CreatedAt
)
{
    public static VariantDraft Of(
        ImportRow row,
        int position,
        ProductOption? option,
        bool isSingle,
        DateTimeOffset now
    ) =>
        new(
            row.Sku,
            option?.Values[position] ?? row.Title,
            option is not null ? [new(option.Name, option.Values[position])]
                : isSingle ? []
                : null,
            row.WeightGrams,
            row.RequiresShipping,
            row.Price,
            position,
            row.FirstSoldOn is { } day ? new(day, TimeOnly.MinValue, TimeSpan.Zero) : now
        );
}
