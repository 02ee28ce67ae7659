using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Whatever is wrong with a placement, and wherever it shows: those that are written with it are placed.</summary>
public sealed class GuiltyPlacementTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Innocent = 40;
    private const string Half = "\ud800";

    private static readonly Dictionary<string, Func<PlaceOrderRequest, PlaceOrderRequest>> _faults = new()
    {
        ["NUL in the e-mail"] = request => request with { Email = "\0" },
        ["half a surrogate pair in the e-mail"] = request => request with { Email = Half },
        ["NUL in the address"] = request =>
            request with
            {
                ShippingAddress = request.ShippingAddress with { City = "\0" },
            },
        ["NUL in a SKU"] = request => Line(request, line => line with { Sku = "\0" }),
        ["half a surrogate pair in a SKU"] = request => Line(request, line => line with { Sku = Half }),
        ["NUL in a title"] = request => Line(request, line => line with { Title = "\0" }),
        ["half a surrogate pair in a title"] = request => Line(request, line => line with { Title = Half }),
        ["no title"] = request => Line(request, line => line with { Title = null! }),
        ["no units"] = request => Line(request, line => line with { Quantity = 0 }),
        ["half a surrogate pair in the currency"] = request =>
            request with
            {
                Cost = Saga.Costs(Money.Zero(Half)),
            },
        ["a negative sum"] = request =>
            request with
            {
                Cost = request.Cost with { Subtotal = new(-1, "GBP") },
            },
        ["no fingerprint"] = request => request with { Fingerprint = null! },
        ["no cost"] = request => request with { Cost = null! },
        ["no lines"] = request => request with { Lines = null! },
    };

    private readonly Saga _saga = new(shop);

    public static TheoryData<string> Faults => [.. _faults.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Only_the_placement_at_fault_fails(string fault)
    {
        var pot = await _saga.StockedAsync(units: 100);
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            $"lock table orders.idempotency_key in exclusive mode",
            CancellationToken.None
        );

        // What comes while the first are waited for is one batch.
        var before = Place(Innocent);
        var guilty = _saga.PlaceOrder.RunAsync(
            _faults[fault](Saga.Request((pot, 1))),
            CancellationToken.None
        );
        var after = Place(Innocent);
        await slow.CommitAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => guilty);
        Assert.All(
            await Task.WhenAll(before.Concat(after)),
            result => Assert.False(Assert.IsType<PlaceOrderResult.Accepted>(result).Replayed)
        );

        List<Task<PlaceOrderResult>> Place(int count) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(_ => _saga.PlaceOrder.RunAsync(Saga.Request((pot, 1)), CancellationToken.None)),
            ];
    }

    private static PlaceOrderRequest Line(PlaceOrderRequest request, Func<PlacedLine, PlacedLine> change) =>
        request with
        {
            Lines = [.. request.Lines.Select(change)],
        };
}
