using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;

namespace Shop.Data.Payments.Books;

/// <summary>Every way <see cref="ResolveDifference"/> can end that staff can do something about.</summary>
public abstract record ResolveDifferenceResult
{
    private ResolveDifferenceResult() { }

    /// <summary>It is done with, now or since before; the first note stays.</summary>
    public sealed record Resolved(DifferenceId Id) : ResolveDifferenceResult;

    /// <summary>There is no such difference.</summary>
    public sealed record NotFound : ResolveDifferenceResult;
}

/// <summary>A member of staff is done with a difference. Repeated, it changes nothing.</summary>
public sealed class ResolveDifference(
    Database<PaymentsDb> database,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="id">Which.</param>
    /// <param name="note">What they say; at most 500 characters, null for nothing.</param>
    /// <param name="actor">Who of staff.</param>
    /// <param name="cancel">Ends it; nothing was written then.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<ResolveDifferenceResult> RunAsync(
        DifferenceId id,
        string? note,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        await using var db = database.OpenPrimary();
        // By ourselves, so that it stays open after the commit.
        await db.Database.OpenConnectionAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var changed = await db
            .Differences.Where(difference => difference.Id == id && difference.ResolvedAt == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(difference => difference.ResolvedAt, now)
                        .SetProperty(difference => difference.Note, note),
                cancel
            );
        if (changed == 0)
        {
            return await db.Differences.AnyAsync(difference => difference.Id == id, cancel)
                ? new ResolveDifferenceResult.Resolved(id)
                : new ResolveDifferenceResult.NotFound();
        }

        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var trail = new AuditTrail(actor, "paymentDifferenceResolve", now, newId);
        trail.Note(
            "PaymentDifference",
            id,
            new { ResolvedAt = (DateTimeOffset?)null },
            new { ResolvedAt = now, Note = note }
        );
        await trail.WriteAsync(connection, "payments", cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync([WritePositions.SubjectOf(actor)], await connection.PositionAsync(cancel));
        return new ResolveDifferenceResult.Resolved(id);
    }
}
