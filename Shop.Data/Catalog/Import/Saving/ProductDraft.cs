using System.Globalization;
using Shop.Data.Catalog.Import.Naming;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>A product as an import will store it.</summary>
internal sealed record ProductDraft(
    string Code,
    string Title,
    string Description,
    KeywordCategory Category,
    IReadOnlyList<string> Tags,
    IReadOnlyList<ProductOption> Options,
    DateTimeOffset CreatedAt,
    IReadOnlyList<VariantDraft> Variants
)
{
    /// <summary>Sold by then, a product is tagged so: one in forty of the sample catalogue.</summary>
    private const long Bestselling = 10_000;

    // Clients are promised no more; the sample's most colourful product has eight.
    private const int MaxTags = 50;

    // A description that lists more is not read.
    private const int MaxListed = 8;

    /// <summary>The product that rows of one article code are; its variants stand in the order of the rows.</summary>
    /// <param name="rows">One or more, all goods.</param>
    /// <param name="now">Its birth, where the rows do not tell the day of a first sale.</param>
    public static ProductDraft Of(IReadOnlyList<ImportRow> rows, DateTimeOffset now)
    {
        var texts = rows.Select(row => Wording.Words(row.Title)).ToArray();
        var naming = VariantNaming.Of(rows.Select(row => row.Sku).ToArray(), texts);
        var category = CategoryOf.Words(naming.Title.Split(' '));
        var variants = rows.Select((row, i) => VariantDraft.Of(row, i, naming, now)).ToArray();
        return new(
            rows[0].ProductCode,
            naming.Title,
            Describe(naming, category),
            category,
            TagsOf(texts, rows.Sum(row => row.UnitsSold)),
            naming.Option is null ? [] : [new ProductOption(naming.Option, naming.Values)],
            variants.Min(variant => variant.CreatedAt),
            variants
        );
    }

    private static string Describe(VariantNaming naming, KeywordCategory category)
    {
        var range = $"{naming.Title}, from our {category.Title} range.";
        if (naming.Option is null)
        {
            return range;
        }

        var values = naming.Values;
        var listed =
            values.Count > MaxListed
                ? $"{string.Join(", ", values.Take(MaxListed))} and {values.Count - MaxListed} more"
                : $"{string.Join(", ", values.SkipLast(1))} or {values[^1]}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{range} Comes in {values.Count} {naming.Option.ToLowerInvariant()}s: {listed}."
        );
    }

    private static string[] TagsOf(string[][] texts, long unitsSold)
    {
        var words = texts
            .SelectMany(words => words)
            .SelectMany(word => word.Split('/'))
            .Where(word => word.Length > 0);
        var tags = words
            .Where(word => Vocabulary.IsTheme(word) || Vocabulary.IsColour(word))
            .Select(Wording.Key)
            .Concat(unitsSold >= Bestselling ? ["bestseller"] : [])
            .Distinct()
            .Take(MaxTags);
        return [.. tags.Order(StringComparer.Ordinal)];
    }
}

/// <summary>A SKU as an import will store it.</summary>
internal sealed record VariantDraft(
    string Sku,
    string Title,
    IReadOnlyList<SelectedOption> SelectedOptions,
    Kernel.Money Price,
    int Position,
    int OpeningStock,
    DateTimeOffset CreatedAt
)
{
    public static VariantDraft Of(ImportRow row, int position, VariantNaming naming, DateTimeOffset now) =>
        new(
            row.Sku,
            naming.Option is null ? naming.Title : naming.Values[position],
            naming.Option is null ? [] : [new SelectedOption(naming.Option, naming.Values[position])],
            row.Price,
            position,
            Import.Saving.OpeningStock.Of(row.UnitsSold),
            row.FirstSoldOn is { } day ? new(day, TimeOnly.MinValue, TimeSpan.Zero) : now
        );
}
