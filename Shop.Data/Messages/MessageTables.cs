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
            // Compared by its bytes: it stands first in two indexes.
            table.Property(message => message.Receiver).UseCollation("C");
            table.Property(message => message.Payload).HasColumnType("jsonb");
            table.Property(message => message.Status).HasDefaultValue(MessageStatus.Pending);
            table.Property(message => message.Attempts).HasDefaultValue(0);
            // Serves the claim: "what waits for this receiver, oldest first". Confirmed rows, nearly all, are not in it.
            table
                .HasIndex(message => new { message.Receiver, message.Id }, "ix_local_message_pending")
                .HasFilter("status = 0");
            // Serves "which is the first message of this key to this receiver that is still open".
            table
                .HasIndex(
                    message => new
                    {
                        message.Receiver,
                        message.Key,
                        message.Id,
                    },
                    "ix_local_message_open_key"
                )
                .HasFilter("status <> 2");
            // Serves retention. Rows lie in the order of writing, so that a BRIN index finds the old ones and costs nothing.
            table.HasIndex(message => message.CreatedAt).HasMethod("brin");
            // Leaves room on each page for the claim's version of its rows.
            table.HasStorageParameter("fillfactor", 60);
        });
        model.Entity<InboxEntry>(table =>
        {
            table.ToTable("inbox");
            table.HasKey(entry => new { entry.Sender, entry.MessageId });
            // Serves retention, as above.
            table.HasIndex(entry => entry.TakenAt).HasMethod("brin");
        });
    }
}
