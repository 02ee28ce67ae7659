using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Audit;

/// <summary>The audit trail of a context that staff changes.</summary>
internal static class AuditTable
{
    public static void AddAuditTable(this ModelBuilder model) =>
        model.Entity<AuditEntry>(table =>
        {
            table.ToTable("audit_entry");
            table.Property(entry => entry.Id).ValueGeneratedNever();
            table.Property(entry => entry.Before).HasColumnType("jsonb");
            table.Property(entry => entry.After).HasColumnType("jsonb");
            // Serves "what became of this", newest first.
            table.HasIndex(entry => new
            {
                entry.SubjectKind,
                entry.SubjectId,
                entry.Id,
            });
            // Serves "what has this person done", newest first.
            table.HasIndex(entry => new { entry.ActorId, entry.Id });
        });
}
