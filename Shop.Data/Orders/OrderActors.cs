using Shop.Data.Audit;

namespace Shop.Data.Orders;

/// <summary>Who causes the steps of orders, as their stories name them.</summary>
internal static class OrderActors
{
    /// <summary>The customer who placed it, with an account or without.</summary>
    public const string Customer = "customer";

    /// <summary>A member of staff; the audit trail knows who.</summary>
    public const string Staff = "staff";

    /// <summary>The shop itself, when a time is over.</summary>
    public const string Clock = "clock";

    /// <summary>Pricing, with its answer.</summary>
    public const string Pricing = "pricing";

    /// <summary>Inventory, with its answer.</summary>
    public const string Inventory = "inventory";

    /// <summary>Payments, with what it tells of money.</summary>
    public const string Payments = "payments";

    /// <summary>Notes a step that a member of staff has caused.</summary>
    public static void NoteStep(this AuditTrail audit, OrderStatusChanged step) =>
        audit.Note(
            "Order",
            step.OrderId,
            new { Status = $"{step.From}", Version = step.Version - 1 },
            new { Status = $"{step.To}", step.Version }
        );
}
