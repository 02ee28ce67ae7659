using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Keys;
using Shop.Data.Orders.Placing;
using Shop.Data.Payments;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage;
using Shop.Data.Storage.Idempotency;
using Shop.Jobs.Messages;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>A small shop's stock and orders, and its messages, delivered when a test says so.</summary>
internal sealed class Saga(ShopFixture shop)
{
    private static readonly Money _price = new(250, "GBP");
    private readonly NewId _newId = shop.Get<NewId>();

    public PlaceOrder PlaceOrder { get; } = shop.Get<PlaceOrder>();

    public CancelOrder CancelOrder { get; } = shop.Get<CancelOrder>();

    /// <summary>A SKU with that much stock.</summary>
    public async Task<VariantId> StockedAsync(int units)
    {
        var variant = _newId.Next<VariantId>();
        await shop.Get<OpenStock>().RunAsync([(variant, units)], CancellationToken.None);
        return variant;
    }

    /// <summary>How many levels of stock a SKU of the catalogue has: one, or none that Inventory has heard of.</summary>
    public Task<long> LevelsAsync(string sku) =>
        CountAsync(
            $"inventory.stock join catalog.product_variant v on v.id = variant_id and v.sku = '{sku}'"
        );

    /// <summary>What a client would send for a cart with these lines; a new key and a new cart.</summary>
    public static PlaceOrderRequest Request(params (VariantId Variant, int Units)[] lines) =>
        new(
            Guid.CreateVersion7(),
            Fingerprint.Of("input"),
            CartSecret: Guid.CreateVersion7().ToString(),
            CartVersion: 3,
            "ada@example.org",
            new("Ada Lovelace", "12 St James's Square", null, "London", null, "SW1Y 4JH", "GB"),
            Costs(_price * lines.Sum(line => line.Units)),
            [
                .. lines.Select(line => new PlacedLine(
                    line.Variant,
                    $"SKU-{line.Variant.Value}",
                    "Tea pot",
                    line.Units,
                    _price
                )),
            ]
        );

    /// <summary>A promotion that can be used so often.</summary>
    public async Task<PromotionInfo> LimitedAsync(int uses, LimitPer per = LimitPer.Total)
    {
        var sale = new Promotion
        {
            Id = default,
            Title = "Sale",
            NeedsCode = true,
            Limits = [new(per, uses)],
            Action = new OrderPercent(100_000, Items.All, Max: null),
        };
        var saved = await shop.Get<SavePromotion>()
            .RunAsync(
                new(Guid.CreateVersion7(), Id: null, IfVersion: null, sale, new(7)),
                CancellationToken.None
            );
        return new(Assert.IsType<SavePromotionResult.Saved>(saved).Id, sale.Title);
    }

    /// <summary>How many orders use a promotion.</summary>
    public async Task<int> UsesAsync(PromotionInfo promotion)
    {
        await using var db = shop.Get<Database<PricingDb>>().OpenPrimary();
        return await db
            .Counters.Where(one => one.PromotionId == promotion.Id && one.Per == LimitPer.Total)
            .SumAsync(one => one.Used);
    }

    /// <summary>Of goods alone.</summary>
    public static Cost Costs(Money goods)
    {
        var none = Money.Zero(goods.Currency);
        return new(goods, none, none, none);
    }

    public async Task<OrderId> PlacedAsync(PlaceOrderRequest request)
    {
        var result = await PlaceOrder.RunAsync(request, CancellationToken.None);
        return Assert.IsType<PlaceOrderResult.Accepted>(result).OrderId;
    }

    public Task<OrderChangeResult> CancelAsync(PlaceOrderRequest placed, OrderId order, Guid? key = null) =>
        CancelOrder.RunAsync(
            new(
                key ?? Guid.CreateVersion7(),
                order,
                new(null, AccessKey.Of(placed.CartSecret, order), IsStaff: false),
                Reason: "Found it at home"
            ),
            CancellationToken.None
        );

    /// <summary>Makes an order paid, by a payment that no channel knows.</summary>
    public async Task PayAsync(OrderId order)
    {
        await using var command = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand(
                $"""
                with paid as (
                    update orders."order" set status = 2, version = version + 1, payment_due_at = null
                    where id = {order.Value} and status = 1 returning id, version, currency, total_minor),
                payment as (
                    insert into payments.payment (
                        id, order_id, channel, account, method, out_no, currency, amount_minor, authorized_minor,
                        captured_minor, refunding_minor, refunded_minor, status, request, begun_at, expires_at,
                        updated_at, checks, version)
                    select id, id, 5, 'sandbox', 1, 'S' || id, currency, total_minor, 0,
                        total_minor, 0, 0, 7, '{"{}"}', now(), now(), now(), 0, 1
                    from paid),
                due as (
                    insert into payments.due (
                        order_id, currency, amount_minor, paid_minor, refunded_minor, settled_by, closes_at, version)
                    select id, currency, total_minor, total_minor, 0, id, now(), 1 from paid)
                insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor)
                select id, version, '{shop.Clock.GetUtcNow():O}', 1, 2, 'payment' from paid
                """
            );
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Delivers until nothing is due.</summary>
    public async Task SettleAsync()
    {
        int delivered;
        do
        {
            delivered =
                await DeliverAsync<CatalogDb>()
                + await DeliverAsync<OrdersDb>()
                + await DeliverAsync<PricingDb>()
                + await DeliverAsync<InventoryDb>()
                + await DeliverAsync<PaymentsDb>();
        } while (delivered > 0);
    }

    /// <summary>Delivers what is due of one context's messages.</summary>
    public Task<int> DeliverAsync<TDb>()
        where TDb : ContextDb
    {
        var delivery = shop.Get<MessageDelivery<TDb>>();
        return delivery.DeliverAsync(delivery.Lanes[0], CancellationToken.None);
    }

    /// <summary>Makes every message of a context look as if its worker had died before confirming it.</summary>
    public async Task ForgetConfirmationsAsync<TDb>()
        where TDb : ContextDb
    {
        await using var command = shop.Get<Database<TDb>>()
            .Primary.CreateCommand(
                $"update {shop.Get<LocalMessages<TDb>>().Sender}.local_message set status = 0"
            );
        await command.ExecuteNonQueryAsync();
    }

    public async Task<Order> OrderAsync(OrderId id)
    {
        await using var db = shop.Get<Database<OrdersDb>>().OpenPrimary();
        return await db
            .Orders.Include(order => order.Lines.OrderBy(line => line.Position))
            .Include(order => order.Events.OrderBy(step => step.Sequence))
            .SingleAsync(order => order.Id == id);
    }

    public async Task<int> AvailableAsync(VariantId variant)
    {
        await using var db = shop.Get<Database<InventoryDb>>().OpenPrimary();
        return (await db.Stock.SingleAsync(level => level.VariantId == variant)).Available;
    }

    public async Task<IReadOnlyList<int>> MovementsAsync(VariantId variant)
    {
        await using var db = shop.Get<Database<InventoryDb>>().OpenPrimary();
        return await db
            .Movements.Where(movement => movement.VariantId == variant)
            .OrderBy(movement => movement.Id)
            .Select(movement => movement.Units)
            .ToListAsync();
    }

    public async Task<long> CountAsync(string table)
    {
        await using var command = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>What a test wants of an order beside its lines.</summary>
internal static class Requests
{
    /// <summary>The same order, with a promotion that can only be used so often; by a buyer of its own.</summary>
    public static PlaceOrderRequest Using(
        this PlaceOrderRequest request,
        PromotionInfo promotion,
        string? code = null
    ) => request with { Uses = [new(promotion, code)], Buyers = [request.CartSecret] };
}
