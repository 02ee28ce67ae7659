using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>
/// Compares one day of an account with the channel's book, at the wish of staff, who is written down with what came of it, also where
/// the channel had no book that could be used.
/// </summary>
public sealed class ReconcileDay(
    Database<PaymentsDb> database,
    PaymentAccounts accounts,
    ReconcileChannels reconcile,
    FollowDifferences follow,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="channel">At which channel.</param>
    /// <param name="name">At which account.</param>
    /// <param name="day">In the account's time zone.</param>
    /// <param name="actor">Who of staff.</param>
    /// <param name="cancel">Ends it; ask again.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; ask again.</exception>
    public async Task<ReconcileResult> RunAsync(
        PaymentChannelCode channel,
        string name,
        DateOnly day,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        if (accounts.Find(channel, name) is not { } account)
        {
            return new ReconcileResult.NoAccount();
        }

        if (day >= reconcile.Today(account))
        {
            return new ReconcileResult.NotYet();
        }

        var result = await reconcile.CompareAsync(account, day, cancel);
        await AuditAsync(account, day, result, actor);
        await follow.RunAsync(account, cancel);
        return result;
    }

    // It has been done: that the one who asked is gone does not end this.
    private async Task AuditAsync(
        PaymentAccount account,
        DateOnly day,
        ReconcileResult result,
        CustomerId actor
    )
    {
        var compared = result as ReconcileResult.Compared;
        var trail = new AuditTrail(actor, "paymentReconcile", clock.GetUtcNow(), newId);
        trail.Note(
            "PaymentBill",
            BillDay.Of(day),
            before: null,
            new
            {
                Channel = $"{account.Traits.Code}",
                Account = account.Name,
                Result = result.GetType().Name,
                compared?.Lines,
                compared?.Found,
            }
        );
        await using var connection = await database.Primary.OpenConnectionAsync(CancellationToken.None);
        await trail.WriteAsync(connection, "payments", CancellationToken.None);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(actor)],
            await connection.PositionAsync(CancellationToken.None)
        );
    }
}

/// <summary>Names the day of a bill in the audit: 20261127.</summary>
public readonly record struct BillDay(long Value) : IRowId<BillDay>
{
    /// <inheritdoc />
    public static BillDay From(long value) => new(value);

    /// <summary>The name of a day.</summary>
    public static BillDay Of(DateOnly day) => new((day.Year * 10_000) + (day.Month * 100) + day.Day);
}
