using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

/// <summary>No unit is lost or made, however an amount is cut.</summary>
public sealed class MoneyShareTests
{
    private static readonly Money _most = new(long.MaxValue, "GBP");

    [Theory]
    [InlineData(100, "333 333 334", "33 33 34")]
    [InlineData(1000, "999 999 999", "334 333 333")]
    [InlineData(-500, "7000 7000 7000", "-167 -167 -166")]
    [InlineData(600, "1000 2000", "200 400")]
    [InlineData(2000, "3168 6000", "691 1309")]
    [InlineData(5, "0 1 0 1", "0 3 0 2")]
    [InlineData(0, "0 0", "0 0")]
    [InlineData(0, "", "")]
    public void An_amount_is_shared_by_weight_and_what_is_left_goes_to_the_largest_remainders(
        long amount,
        string weights,
        string shares
    ) => Assert.Equal(shares, string.Join(' ', Share(amount, Numbers(weights))));

    [Fact]
    public void Shares_sum_to_the_whole_none_exceeds_its_weight_and_none_is_a_unit_off()
    {
        var chance = new Random(20110811);
        for (var round = 0; round < 5_000; round++)
        {
            var weights = Weights(chance, round % 3 == 0 ? long.MaxValue : 5_000);
            var sum = weights.Aggregate(Int128.Zero, (all, weight) => all + weight);
            var amount = chance.NextInt64(sum > long.MaxValue ? long.MaxValue : (long)sum + 1);

            var shares = Share(amount, weights);

            Assert.Equal(amount, shares.Aggregate(Int128.Zero, (all, share) => all + share));
            Assert.Equal(shares.Select(share => -share), Share(-amount, weights));
            foreach (var (share, weight) in shares.Zip(weights))
            {
                Assert.InRange(share, 0, weight);
                var exact = (Int128)amount * weight;
                Assert.True(Int128.Abs((share * sum) - exact) < Int128.Max(sum, 1), $"{share} of {amount}");
            }
        }
    }

    [Fact]
    public void Of_equal_weights_the_first_get_the_units_left_over()
    {
        var chance = new Random(1815);
        for (var round = 0; round < 500; round++)
        {
            var (count, amount) = (chance.Next(1, 200), chance.NextInt64(1_000_000));
            var weight = chance.NextInt64(1, long.MaxValue);

            var shares = Share(amount, [.. Enumerable.Repeat(weight, count)]);

            Assert.Equal(shares.OrderDescending(), shares);
            Assert.InRange(shares[0] - shares[^1], 0, 1);
        }
    }

    [Fact]
    public void The_largest_amount_by_the_largest_weights_is_shared_exactly() =>
        Assert.Equal(
            [long.MaxValue / 3 + 1, long.MaxValue / 3, long.MaxValue / 3],
            Share(long.MaxValue, [long.MaxValue, long.MaxValue, long.MaxValue])
        );

    [Fact]
    public void Nothing_can_be_shared_by_no_weight_or_by_less()
    {
        Assert.Throws<ArgumentException>(() => Share(1, [0, 0]));
        Assert.Throws<ArgumentException>(() => Share(1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Share(1, [2, -1]));
    }

    [Theory]
    [InlineData(1000, 149_750, 150)]
    [InlineData(10000, 88_750, 888)]
    [InlineData(50, 50_000, 3)]
    [InlineData(-50, 50_000, -3)]
    [InlineData(49, 50_000, 2)]
    [InlineData(-49, 50_000, -2)]
    [InlineData(4995, 1_000_000, 4995)]
    [InlineData(4995, 0, 0)]
    public void A_percentage_rounds_once_half_away_from_zero(long amount, long parts, long result) =>
        Assert.Equal(result, new Money(amount, "GBP").PerMillion(parts).Minor);

    [Theory]
    [InlineData(50, 50_000, 2)]
    [InlineData(-50, 50_000, -2)]
    [InlineData(70, 50_000, 4)]
    [InlineData(51, 50_000, 3)]
    public void A_half_can_go_to_the_even_neighbour(long amount, long parts, long result) =>
        Assert.Equal(result, new Money(amount, "GBP").PerMillion(parts, Rounding.HalfEven).Minor);

    [Fact]
    public void What_comes_back_unit_by_unit_is_in_all_what_was_paid()
    {
        var chance = new Random(1843);
        for (var round = 0; round < 1_000; round++)
        {
            var paid = new Money(chance.NextInt64(-long.MaxValue, long.MaxValue), "GBP");
            var units = chance.NextInt64(1, 10_000);
            var back = chance.NextInt64(units);

            var first = paid.Part(back, units);

            Assert.Equal(paid, first + (paid.Part(units, units) - first));
        }

        Money[] parts = [.. new long[] { 1, 2, 3 }.Select(units => new Money(1997, "GBP").Part(units, 3))];
        Assert.Equal(
            [666, 665, 666],
            [parts[0].Minor, (parts[1] - parts[0]).Minor, (parts[2] - parts[1]).Minor]
        );
    }

    [Fact]
    public void What_no_amount_can_hold_is_an_error_and_no_other_amount()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MinValue, "GBP") - new Money(1, "GBP"));
        Assert.Throws<OverflowException>(() => _most * 2);
        Assert.Throws<OverflowException>(() => _most.PerMillion(1_000_001));
        Assert.Equal(_most, _most.PerMillion(1_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => _most.Part(1, 0));
    }

    [Fact]
    public void One_currency_is_not_taken_from_another() =>
        Assert.Throws<InvalidOperationException>(() => new Money(2, "EUR") - new Money(1, "GBP"));

    private static long[] Share(long amount, IReadOnlyList<long> weights) =>
        [.. new Money(amount, "GBP").Share(weights).Select(share => share.Minor)];

    private static long[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];

    private static long[] Weights(Random chance, long below) =>
        [
            .. Enumerable
                .Range(0, chance.Next(1, 40))
                .Select(_ => chance.Next(4) == 0 ? 0 : chance.NextInt64(below)),
        ];
}
