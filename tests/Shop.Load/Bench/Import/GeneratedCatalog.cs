using System.Globalization;

namespace Shop.Load.Bench.Import;

/// <summary>A catalogue of any size, the same each time: products of four SKUs that differ in colour.</summary>
internal static class GeneratedCatalog
{
    /// <summary>SKUs of a product.</summary>
    public const int SkusPerProduct = 4;

    private static readonly string[] _things =
    [
        "Mug",
        "Plate",
        "Candle",
        "Lantern",
        "Cushion",
        "Clock",
        "Basket",
        "Tea Towel",
        "Photo Frame",
        "Jewellery Box",
    ];

    private static readonly string[] _manners =
    [
        "Vintage",
        "Wooden",
        "Glass",
        "Ceramic",
        "Rustic",
        "Enamel",
        "Felt",
    ];
    private static readonly string[] _colours = ["Red", "Blue", "Green", "Cream"];

    /// <summary>Writes it as CSV, row by row.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="prefix">Of all codes: files of different ones have nothing in common.</param>
    /// <param name="skus">How many rows.</param>
    /// <param name="titles">What products are called, by their number; null for names of their own.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task WriteAsync(
        string path,
        string prefix,
        int skus,
        Func<int, string>? titles,
        CancellationToken cancel
    )
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync(
            "sku,product_code,title,category,tags,option,option_value,list_price_gbp,units_sold,first_sold_on".AsMemory(),
            cancel
        );
        for (var row = 0; row < skus; row++)
        {
            var product = row / SkusPerProduct;
            var (thing, manner) = (
                _things[product % _things.Length],
                _manners[product / 10 % _manners.Length]
            );
            var title = titles?.Invoke(product) ?? $"{manner} {thing} No {product}";
            var colour = _colours[row % SkusPerProduct];
            await file.WriteLineAsync(
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{prefix}{product:000000}{colour[0]},{prefix}{product:000000},{title},Goods > {thing},\"{manner},{thing}\",Colour,{colour},{1 + product % 900 / 100m:0.00},{product % 500},2011-01-{1 + product % 28:00}"
                    )
                    .AsMemory(),
                cancel
            );
        }
    }
}
