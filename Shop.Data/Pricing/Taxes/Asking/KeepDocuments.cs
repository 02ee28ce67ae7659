using Shop.Data.Messages;
using Shop.Data.Pricing.Messages;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>
/// Takes in what a tax service is to be told of orders. It is told by <see cref="TellDocuments"/>, so that a service that is slow or away
/// for hours delays no other message.
/// </summary>
public sealed class KeepDocuments(Database<PricingDb> database, TimeProvider clock)
{
    /// <summary>Keeps what was not kept before; a repeated delivery changes nothing.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<TaxCommitRequested>> asked, CancellationToken cancel)
    {
        await using var connection = await database.WarmPrimary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var inbox = new Inbox("pricing", clock.GetUtcNow());
        var fresh = await inbox.TakeAsync(connection, asked, cancel);
        await connection.ExecuteAsync(
            $"""
            insert into pricing.untold_document as d (order_id, code, version, document, tries, next_try_at)
            select order_id, code, version, document::jsonb, 0, {Sql.Value(inbox.Now)}
            from unnest(
                {Sql.Column(fresh, one => one.Body.OrderId.Value)}, {Sql.Column(fresh, one => one.Body.Code)},
                {Sql.Column(fresh, one => one.Body.Version)},
                {Sql.Column(fresh, one => one.Body.Document is { } so ? StoredJson.Write(so) : null)})
                as a(order_id, code, version, document)
            on conflict (order_id) do update
            set version = excluded.version, document = excluded.document, tries = 0,
                next_try_at = excluded.next_try_at, lease_until = null
            where d.version < excluded.version
            """,
            cancel
        );
        await transaction.CommitAsync(cancel);
    }
}
