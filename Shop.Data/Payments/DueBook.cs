using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shop.Data.Messages;
using Shop.Data.Payments.Books;
using Shop.Data.Payments.Messages;

namespace Shop.Data.Payments;

/// <summary>
/// An order's due with its payments and their refunds, locked in one transaction: whatever moves money of an order goes through
/// here, one after the other. Its changes, its messages and what it tells are one save.
/// </summary>
internal sealed class DueBook : IAsyncDisposable
{
    private readonly PaymentsDb _db;
    private readonly IDbContextTransaction _transaction;
    private readonly MessageRows _messages;
    private readonly PaymentAnnouncements _announcements;
    private readonly WritePositions _positions;
    private readonly List<Payment> _payments;
    private readonly List<Refund> _refunds;
    private readonly int _version;

    internal DueBook(
        PaymentsDb db,
        IDbContextTransaction transaction,
        PaymentAnnouncements announcements,
        WritePositions positions,
        MessageRows messages,
        Due due,
        List<Payment> payments,
        List<Refund> refunds,
        DateTimeOffset now
    )
    {
        (_db, _transaction, _messages) = (db, transaction, messages);
        (_announcements, _positions) = (announcements, positions);
        (Due, _payments, _refunds, Now, _version) = (due, payments, refunds, now, due.Version);
    }

    /// <summary>What the order is to be paid.</summary>
    public Due Due { get; }

    /// <summary>Its tries, oldest first; at most <see cref="Payment.MaxPerOrder"/>.</summary>
    public IReadOnlyList<Payment> Payments => _payments;

    /// <summary>The moment of the transaction.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>On whose behalf it is changed, for <see cref="WritePositions"/>: they read it at once. None where a job does.</summary>
    public IReadOnlyCollection<string> Subjects { get; set; } = [];

    /// <summary>The try that can still be paid; null where there is none.</summary>
    public Payment? Open => _payments.Find(payment => payment.Status.IsOpen());

    /// <summary>In the transaction.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)_db.Database.GetDbConnection();

    public Payment Of(PaymentId id) => _payments.Single(payment => payment.Id == id);

    public Refund Of(RefundId id) => _refunds.Single(refund => refund.Id == id);

    /// <summary>The refunds of a payment, oldest first.</summary>
    public IEnumerable<Refund> RefundsOf(Payment payment) =>
        _refunds.Where(refund => refund.PaymentId == payment.Id);

    public void Add(Payment payment)
    {
        _db.Add(payment);
        _payments.Add(payment);
        Changed(payment);
    }

    public void Add(Refund refund)
    {
        _db.Add(refund);
        _refunds.Add(refund);
        Changed(Of(refund.PaymentId));
    }

    /// <summary>Notes that those who watch the payment see something else now.</summary>
    public void Changed(Payment payment) => payment.Touch(Due, Now);

    /// <summary>Writes a message in the same save.</summary>
    public void Tell<TMessage>(TMessage message, Payment payment)
        where TMessage : IMessage => _messages.Add(message, payment.Traceparent);

    /// <summary>Tells the order what of its money went back; of a payment that settled nothing, it hears nothing.</summary>
    public void TellRefunded(Payment payment, Refund refund)
    {
        if (Due.SettledBy != payment.Id)
        {
            return;
        }

        Due.GiveBack(refund.AmountMinor);
        Tell(
            new OrderRefunded(
                Due.OrderId,
                refund.Id,
                refund.AmountMinor,
                payment.Currency,
                InAll: Due.RefundedMinor == Due.PaidMinor,
                GoodsBack: RefundsOf(payment)
                    .Any(other => other is { GoodsBack: true, Status: RefundStatus.Succeeded })
            ),
            payment
        );
    }

    /// <summary>The order waits until another moment, since money of a payment is held, or is not any more.</summary>
    public void MoveDue(Payment payment, DateTimeOffset from, DateTimeOffset to)
    {
        Due.Extend(to - from);
        Tell(new DueMoved(Due.OrderId, to, payment.AuthorizedMinor, payment.Currency), payment);
    }

    /// <summary>Writes down a difference; what is there already stays.</summary>
    public Task NoteAsync(Difference difference, CancellationToken cancel) =>
        DifferenceRows.AddAsync(Connection, difference, cancel);

    /// <summary>Saves all of it. Nothing leaves before.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        await _db.SaveChangesAsync(cancel);
        if (!_messages.IsEmpty)
        {
            await Connection.ExecuteAsync(_messages.Insert("payments"), cancel);
        }

        await _transaction.CommitAsync(cancel);
        StopPoint.Reach("payment committed, nobody told");
        if (Subjects.Count > 0)
        {
            await _positions.MarkAsync(Subjects, await Connection.PositionAsync(cancel));
        }

        if (!_messages.IsEmpty)
        {
            await Connection.ExecuteAsync(Sql.Raw(MessageSql.Notify("payments")), cancel);
        }

        if (Due.Version != _version)
        {
            await _announcements.PublishAsync(Due.OrderId, Due.Version);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _db.DisposeAsync();
    }
}
