using Shop.Data.Search.Columns;

namespace Shop.Tests.Search;

/// <summary>Ranges of prices to choose from.</summary>
public sealed class PriceBandsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("0", "0 1")]
    [InlineData("250", "200 500")]
    [InlineData("100 200 500 1000", "100 200 500 1000 2000")]
    [InlineData("0 99", "0 100")]
    public void They_begin_and_end_at_round_numbers(string prices, string bounds) =>
        Assert.Equal(
            bounds,
            string.Join(
                ' ',
                PriceBands.Of([
                    .. prices.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse),
                ])
            )
        );

    [Fact]
    public void Each_price_lies_in_one_of_eight_at_most()
    {
        var random = new Random(15);
        for (var run = 0; run < 2_000; run++)
        {
            var prices = Enumerable
                .Range(0, random.Next(1, 60))
                .Select(_ => (long)Math.Pow(10, 7 * random.NextDouble()))
                .ToList();

            var bounds = PriceBands.Of(prices);

            Assert.InRange(bounds.Count, 2, PriceBands.Most + 1);
            Assert.Equal(bounds.Distinct().Order(), bounds);
            Assert.All(prices, price => Assert.InRange(PriceBands.Find(bounds, price), 0, bounds.Count - 2));
        }
    }

    [Fact]
    public void The_end_of_one_is_the_next_ones()
    {
        long[] bounds = [100, 200, 500];

        Assert.Equal(
            [-1, 0, 0, 1, 1, -1, -1],
            new long[] { 99, 100, 199, 200, 499, 500, 501 }.Select(price => PriceBands.Find(bounds, price))
        );
    }
}
