using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Payments;

internal sealed class DueTable : IEntityTypeConfiguration<Due>
{
    public void Configure(EntityTypeBuilder<Due> table)
    {
        table.ToTable("due", t => t.HasCheckConstraint("ck_due_refunded", "refunded_minor <= paid_minor"));
        table.HasKey(due => due.OrderId);
        table.Property(due => due.OrderId).ValueGeneratedNever();
    }
}

internal sealed class PaymentTable : IEntityTypeConfiguration<Payment>
{
    private const string IsOpen = "status <= 3";

    public void Configure(EntityTypeBuilder<Payment> table)
    {
        table.ToTable(
            "payment",
            t =>
                t.HasCheckConstraint(
                    "ck_payment_refunds",
                    "refunding_minor + refunded_minor <= captured_minor"
                )
        );
        table.Property(payment => payment.Id).ValueGeneratedNever();
        table.Property(payment => payment.Request).HasJson();
        table.Property(payment => payment.Action).HasJson();
        table.Ignore(payment => payment.RefundableMinor);
        table.Ignore(payment => payment.WatchUntil);
        // Whatever the code does, a second open try of one order does not commit.
        table.HasIndex(payment => payment.OrderId, "ix_payment_open").IsUnique().HasFilter(IsOpen);
        // Serves "the payments of an order", oldest first.
        table.HasIndex(payment => new { payment.OrderId, payment.Id });
        // Serves notices, which name a payment by the shop's number, and staff who look for it.
        table
            .HasIndex(payment => new
            {
                payment.OutNo,
                payment.Channel,
                payment.Account,
            })
            .IsUnique();
        // One trade of a channel pays once. Serves staff who look for the channel's number.
        table
            .HasIndex(payment => new
            {
                payment.Reference,
                payment.Channel,
                payment.Account,
            })
            .IsUnique()
            .HasFilter("reference is not null");
        // Serves "which are to be asked about now".
        table.HasIndex(payment => payment.NextCheckAt).HasFilter("next_check_at is not null");
        // Serves staff's "which stand here", newest first.
        table.HasIndex(payment => new { payment.Status, payment.Id });
    }
}

internal sealed class RefundTable : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> table)
    {
        table.ToTable("refund", t => t.HasCheckConstraint("ck_refund_amount", "amount_minor > 0"));
        table.Property(refund => refund.Id).ValueGeneratedNever();
        table.HasOne<Payment>().WithMany().HasForeignKey(refund => refund.PaymentId);
        // Serves "the refunds of a payment", oldest first.
        table.HasIndex(refund => new { refund.PaymentId, refund.Id });
        // Serves notices, which name a refund by the shop's number.
        table.HasIndex(refund => refund.OutNo).IsUnique();
        // One refund of a channel counts once.
        table
            .HasIndex(refund => new { refund.PaymentId, refund.Reference })
            .IsUnique()
            .HasFilter("reference is not null");
        // Serves "which are to be sent or asked about now".
        table.HasIndex(refund => refund.NextCheckAt).HasFilter("next_check_at is not null");
    }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> table)
    {
        table.ToTable("notice");
        table.HasKey(notice => new
        {
            notice.Channel,
            notice.Account,
            notice.NoticeKey,
        });
        // Serves "the notices of a payment".
        table.HasIndex(notice => notice.PaymentId).HasFilter("payment_id is not null");
        // Serves retention.
        table.HasIndex(notice => notice.ReceivedAt).HasMethod("brin");
    }
}

internal sealed class BillTable : IEntityTypeConfiguration<Bill>
{
    public void Configure(EntityTypeBuilder<Bill> table)
    {
        table.ToTable("bill");
        table.HasKey(bill => new
        {
            bill.Channel,
            bill.Account,
            bill.Day,
        });
    }
}

internal sealed class BillEntryTable : IEntityTypeConfiguration<BillEntry>
{
    public void Configure(EntityTypeBuilder<BillEntry> table)
    {
        table.ToTable("bill_line");
        table.HasKey(line => new
        {
            line.Channel,
            line.Account,
            line.Day,
            line.Position,
        });
        // Serves the comparison, which looks for the shop's numbers.
        table.HasIndex(line => line.OutNo).HasFilter("out_no is not null");
    }
}

internal sealed class DifferenceTable : IEntityTypeConfiguration<Difference>
{
    public void Configure(EntityTypeBuilder<Difference> table)
    {
        table.ToTable("difference");
        table.Property(difference => difference.Id).ValueGeneratedNever();
        // Found again, it is the same.
        table
            .HasIndex(difference => new
            {
                difference.Channel,
                difference.Account,
                difference.Kind,
                difference.Subject,
            })
            .IsUnique();
        // Serves staff's list of what is open, newest first.
        table.HasIndex(difference => difference.Id, "ix_difference_open").HasFilter("resolved_at is null");
    }
}

internal sealed class SandboxTradeTable : IEntityTypeConfiguration<SandboxTrade>
{
    public void Configure(EntityTypeBuilder<SandboxTrade> table)
    {
        table.ToTable("sandbox_trade");
        table.HasKey(trade => trade.OutNo);
    }
}
