using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Messages;

/// <summary>The two tables of a context that sends and hears messages.</summary>
internal static class MessageTables
{
    public static void AddMessageTables(this ModelBuilder model)
    {
        model.Entity<LocalMessage>(table =>
        {
            table.ToTable("local_message");
            table.Property(message => message.Id).UseIdentityAlwaysColumn();
            table.Property(message => message.Payload).HasColumnType("jsonb");
            table.Property(message => message.Status).HasDefaultValue(MessageStatus.Pending);
            table.Property(message => message.Attempts).HasDefaultValue(0);
            // Serves the claim: "what is open, oldest first". Confirmed rows, nearly all, are not in it.
            table.HasIndex(message => message.Id, "ix_local_message_open").HasFilter("status <> 2");
            // Serves "is an earlier message of this key still open".
            table
                .HasIndex(message => new { message.Key, message.Id }, "ix_local_message_open_key")
                .HasFilter("status <> 2");
            // Serves retention.
            table.HasIndex(message => message.UpdatedAt, "ix_local_message_done").HasFilter("status = 2");
        });
        model.Entity<InboxEntry>(table =>
        {
            table.ToTable("inbox");
            table.HasKey(entry => new { entry.Sender, entry.MessageId });
            // Serves retention.
            table.HasIndex(entry => entry.TakenAt);
        });
    }
}
