using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Inventory.Messages;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Orders;

internal sealed class OrderTable : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> table)
    {
        table.ToTable(
            "order",
            t => t.HasCheckConstraint("ck_order_cost", "subtotal_minor >= 0 and total_minor >= 0")
        );
        table.Property(order => order.Id).ValueGeneratedNever();
        table
            .Property(order => order.Number)
            .HasConversion(number => number.Sequence, sequence => new(sequence))
            .HasDefaultValueSql("nextval('orders.order_number')");
        table
            .Property(order => order.TotalMinor)
            .HasComputedColumnSql(
                "subtotal_minor - discount_minor + shipping_minor + tax_minor",
                stored: true
            );
        table.Property(order => order.ExchangeRate).HasColumnType("numeric");
        table.Property(order => order.ShippingAddress).HasJson();
        table.Property(order => order.Taxes).HasJson<IReadOnlyList<TaxLine>?>();
        table.Property(order => order.Taxation).HasJson();
        table.Property(order => order.TaxDocument).HasJson();
        table.Property(order => order.Shipping).HasJson();
        table.Property(order => order.Uses).HasJson<IReadOnlyList<PromotionId>?>();
        table.Property(order => order.RefusedUses).HasJson<IReadOnlyList<RefusedUse>?>();
        table.Property(order => order.Shortages).HasJson<IReadOnlyList<Shortage>>();
        // Serves "whose payment is overdue"; only the orders that await one are in it.
        table
            .HasIndex(order => order.PaymentDueAt, "ix_order_payment_due_at")
            .HasFilter($"status = {(short)OrderStatus.AwaitingPayment}");
        // Serves "my orders, newest first" with its keyset cursor: ids sort by time. Guests' orders are not in it.
        table
            .HasIndex(order => new { order.CustomerId, order.Id }, "ix_order_customer")
            .HasFilter("customer_id is not null");
        // Serves "what was placed then": rows lie nearly as they came, and such an index costs a placement nothing.
        table.HasIndex(order => order.PlacedAt).HasMethod("brin").HasStorageParameter("autosummarize", true);
        // Serves "what stands here", newest first. Not in it are the orders that await payment, which the index on when it is
        // due has, and the delivered ones, which are most: the newest are found without.
        table
            .HasIndex(order => new { order.Status, order.Id })
            .HasFilter(
                $"status not in ({(short)OrderStatus.AwaitingPayment}, {(short)OrderStatus.Delivered})"
            );
        // By hand in the migration, which is to be kept when it is made anew: one more index, on lower(email), "who wrote from
        // this address", by its first letters; and no foreign keys of lines, events and promotions.
        // Serves "order by number".
        table.HasIndex(order => order.Number).IsUnique();
        table.HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId);
        table.HasMany(order => order.Events).WithOne().HasForeignKey(step => step.OrderId);
        table
            .HasOne(order => order.Promotions)
            .WithOne()
            .HasForeignKey<OrderPromotions>(promotions => promotions.OrderId);
    }
}

internal sealed class OrderLineTable : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> table)
    {
        table.ToTable("order_line", t => t.HasCheckConstraint("ck_order_line_quantity", "quantity > 0"));
        table.HasKey(line => new { line.OrderId, line.Position });
        table
            .Property(line => line.Discounts)
            .HasJson<IReadOnlyList<FrozenDiscount>?>()
            .HasColumnType("json");
        table.Property(line => line.Taxes).HasJson<IReadOnlyList<TaxLine>?>();
        // Serves "who bought this SKU": a Bloom filter for each few pages, written once when they are full.
        table
            .HasIndex(line => line.Sku)
            .HasMethod("brin")
            .HasOperators("text_bloom_ops")
            .HasStorageParameter("autosummarize", true);
    }
}

internal sealed class OrderPromotionsTable : IEntityTypeConfiguration<OrderPromotions>
{
    public void Configure(EntityTypeBuilder<OrderPromotions> table)
    {
        table.ToTable("order_promotions");
        table.HasKey(promotions => promotions.OrderId);
        table.Property(promotions => promotions.OrderId).ValueGeneratedNever();
        // As text, like the discounts of lines: that is smaller than jsonb, and taken sooner.
        table.Property(promotions => promotions.Outcomes).HasJson().HasColumnType("json");
    }
}

internal sealed class OrderEventTable : IEntityTypeConfiguration<OrderEvent>
{
    public void Configure(EntityTypeBuilder<OrderEvent> table)
    {
        table.ToTable("order_event");
        table.HasKey(step => new { step.OrderId, step.Sequence });
        // Serves "what is new" for those outside: rows lie nearly as they came, and while nobody hears of them, there is nothing in it.
        table
            .HasIndex(step => step.Tx)
            .HasMethod("brin")
            .HasStorageParameter("autosummarize", true)
            .HasStorageParameter("pages_per_range", 32);
    }
}

internal sealed class ShipmentTable : IEntityTypeConfiguration<Shipment>
{
    public void Configure(EntityTypeBuilder<Shipment> table)
    {
        table.ToTable("shipment");
        table.HasKey(shipment => shipment.OrderId);
        table.Property(shipment => shipment.OrderId).ValueGeneratedNever();
    }
}

/// <summary>Which state of a cart became an order, beside the key with which it was placed.</summary>
internal static class OrderedCarts
{
    /// <summary>Null where the key was not used to place an order.</summary>
    public static void AddOrderedCart(this EntityTypeBuilder<IdempotencyKey> table)
    {
        table.Property<byte[]?>("CartHash");
        table.Property<int?>("CartVersion");
        // One state of a cart makes one order, even when a client forgets its key and makes a new one.
        table.HasIndex("CartHash", "CartVersion").IsUnique();
    }
}
