using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Inventory;

/// <summary>Why stock moved.</summary>
public enum MovementKind : short
{
    /// <summary>Taken for an order; units below zero.</summary>
    Deducted = 1,

    /// <summary>Given back by an order that was cancelled; units above zero.</summary>
    Restocked = 2,

    /// <summary>Counted anew by staff, by hand or with a file: the level was set to a number.</summary>
    Set = 3,

    /// <summary>More or less by the hand of staff: goods that came in, or broke.</summary>
    Adjusted = 4,
}

/// <summary>A line of the ledger: written once, never changed.</summary>
public sealed class StockMovement
{
    /// <summary>Rises in the order of writing.</summary>
    public long Id { get; private init; }

    /// <summary>The SKU.</summary>
    public VariantId VariantId { get; private init; }

    /// <summary>The order that caused it; null where staff did, or a file of theirs.</summary>
    public OrderId? OrderId { get; private init; }

    /// <summary>Who of staff caused it; null where an order did, or a file that the shop's own command line has imported.</summary>
    public CustomerId? ActorId { get; private init; }

    /// <summary>What they said about it, up to 500 characters.</summary>
    public string? Reason { get; private init; }

    /// <summary>Why.</summary>
    public MovementKind Kind { get; private init; }

    /// <summary>Change of the units available; never zero.</summary>
    public int Units { get; private init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private init; }
}

internal sealed class StockMovementTable : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> table)
    {
        table.ToTable("stock_movement", t => t.HasCheckConstraint("ck_stock_movement_units", "units <> 0"));
        table.Property(movement => movement.Id).UseIdentityAlwaysColumn();
        table.Property(movement => movement.Reason).HasMaxLength(500);
        // Also serves the ledger of one SKU.
        table.HasKey(movement => new { movement.VariantId, movement.Id });
        // Serves "what does this order hold", and refuses to do one thing twice for one order.
        table
            .HasIndex(movement => new
            {
                movement.OrderId,
                movement.VariantId,
                movement.Kind,
            })
            .IsUnique();
    }
}
