namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// How many units a SKU opens with where its file tells no stock: nine tenths of what it sold in the time of the file, rounded up, and at least ten.
/// So nearly every real order of that time can be played again, and some are refused for want of stock.
/// </summary>
internal static class OpeningStock
{
    private const int Least = 10;

    /// <param name="unitsSold">Net of what came back; may be negative.</param>
    public static int Of(long unitsSold) =>
        (int)Math.Clamp((Math.Clamp(unitsSold, 0, int.MaxValue) * 9 + 9) / 10, Least, int.MaxValue);
}
