using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Shipping.Edit;

/// <summary>Every way a change of shipping can end that a client can do something about.</summary>
/// <typeparam name="TId">Of a zone or a method.</typeparam>
public abstract record SaveShippingResult<TId>
{
    private SaveShippingResult() { }

    /// <summary>It is saved, and carts are quoted by it from now on.</summary>
    /// <param name="Id">Which one it is.</param>
    /// <param name="Replayed">True where an earlier call had saved it.</param>
    public sealed record Saved(TId Id, bool Replayed) : SaveShippingResult<TId>;

    /// <summary>There is no such zone or method.</summary>
    public sealed record NotFound : SaveShippingResult<TId>;

    /// <summary>It is not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : SaveShippingResult<TId>;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : SaveShippingResult<TId>;

    /// <summary>No zone or method can be so.</summary>
    /// <param name="Faults">One or more.</param>
    public sealed record Refused(IReadOnlyList<ShippingFault> Faults) : SaveShippingResult<TId>;
}

/// <summary>What staff does to a zone or a method.</summary>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Actor">Who of staff.</param>
/// <param name="Action">What it is called in the schema.</param>
/// <param name="Kind">What kind of thing it is, in the words of the schema.</param>
internal sealed record ShippingDeed<TId>(
    TId? Id,
    int? IfVersion,
    CustomerId Actor,
    string Action,
    string Kind
)
    where TId : struct, IRowId<TId>;

/// <summary>
/// Changes a zone or a method: key, row and audit entry in one transaction. Changes take turns, so that the limits hold and rates
/// name zones that there are.
/// </summary>
public sealed class ShippingChange(
    Database<ShippingDb> database,
    CurrentShipping current,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="call">How often it is done: once.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="find">What it was, in all that the shop says; null where it is not there.</param>
    /// <param name="make">What it shall be, of its id and its version.</param>
    /// <param name="faults">What of it cannot be.</param>
    /// <param name="cancel">Ends it; nothing was done then.</param>
    internal async Task<SaveShippingResult<TId>> RunAsync<TId, TTerm>(
        IdempotentCall call,
        ShippingDeed<TId> deed,
        Func<ShippingBook, TId, TTerm?> find,
        Func<TId, int, TTerm> make,
        Func<ShippingBook, TTerm, IEnumerable<ShippingFault>> faults,
        CancellationToken cancel
    )
        where TId : struct, IRowId<TId>
        where TTerm : ShippingTerm
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = deed.Id ?? newId.Next<TId>();
        var now = clock.GetUtcNow();
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new SaveShippingResult<TId>.Saved(TId.From(first), Replayed: true)
                : new SaveShippingResult<TId>.KeyConflict();
        }

        await db.Database.ExecuteSqlAsync($"lock table shipping.zone in share row exclusive mode", cancel);
        var book = await CurrentShipping.ReadAsync(db, cancel);
        var stored = find(book, id);
        if (deed.Id is not null && stored is null)
        {
            return new SaveShippingResult<TId>.NotFound();
        }

        if (stored is not null && deed.IfVersion is { } version && version != stored.Version)
        {
            return new SaveShippingResult<TId>.VersionConflict(stored.Version);
        }

        var saved = make(id, (stored?.Version ?? 0) + 1);
        if (faults(book, saved).Distinct().ToList() is { Count: > 0 } found)
        {
            return new SaveShippingResult<TId>.Refused(found);
        }

        var trail = new AuditTrail(deed.Actor, deed.Action, now, newId);
        if (stored is null)
        {
            db.Add(saved);
            trail.Note(deed.Kind, id, before: null, saved);
        }
        else
        {
            db.Update(saved);
            trail.NoteDifference(deed.Kind, id, stored, saved);
        }

        await db.SaveChangesAsync(cancel);
        await trail.WriteAsync(connection, "shipping", cancel);
        await transaction.CommitAsync(cancel);
        await current.AnnounceAsync();
        return new SaveShippingResult<TId>.Saved(id, Replayed: false);
    }
}
