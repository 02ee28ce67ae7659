using Shop.Jobs.Verification;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Whatever is delivered when, and however often: the books balance in the end.</summary>
public sealed class SagaPropertyTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Steps = 60;

    private readonly Saga _saga = new(shop);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task No_sequence_of_orders_cancellations_deliveries_repetitions_and_delays_makes_a_wrong_book(
        int seed
    )
    {
        // A failure names its seed, which gives the same steps again.
        var chance = new SagaChance(
            shop,
            _saga,
            new Random(seed),
            [await _saga.StockedAsync(units: 12), await _saga.StockedAsync(units: 7)]
        );

        for (var step = 0; step < Steps; step++)
        {
            await chance.StepAsync();
        }

        shop.Clock.Advance(2 * SagaChance.Lease);
        await _saga.SettleAsync();
        var report = await shop.Get<VerifyConsistency>()
            .RunAsync(patience: TimeSpan.Zero, CancellationToken.None);
        Assert.Empty(report.Findings);
        Assert.True(report.Orders >= chance.Placed);
    }
}
