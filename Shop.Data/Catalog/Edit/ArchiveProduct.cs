using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Messages;

namespace Shop.Data.Catalog.Edit;

/// <summary>Every way <see cref="ArchiveProduct"/> can end that a client can do something about.</summary>
public abstract record ArchiveProductResult
{
    private ArchiveProductResult() { }

    /// <summary>It is archived, now or since before.</summary>
    public sealed record Archived(ProductId Id) : ArchiveProductResult;

    /// <summary>There is no such product.</summary>
    public sealed record NotFound : ArchiveProductResult;

    /// <summary>It was changed since the version that the request names.</summary>
    public sealed record VersionConflict(int CurrentVersion) : ArchiveProductResult;
}

/// <summary>Takes a product off sale; it stays for the orders that name it. Repeated, it changes nothing.</summary>
public sealed class ArchiveProduct(
    Database<CatalogDb> database,
    Receivers receivers,
    CatalogAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="id">Which product.</param>
    /// <param name="ifVersion">Refused unless it is at this version; null skips the check.</param>
    /// <param name="actor">Who of staff.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<ArchiveProductResult> RunAsync(
        ProductId id,
        int? ifVersion,
        CustomerId actor,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await Edits.LockProductAsync(db, id, cancel) is not { } product)
        {
            return new ArchiveProductResult.NotFound();
        }

        if (product.Status == ProductStatus.Archived)
        {
            return new ArchiveProductResult.Archived(id);
        }

        if (ifVersion is { } version && version != product.Version)
        {
            return new ArchiveProductResult.VersionConflict(product.Version);
        }

        var now = clock.GetUtcNow();
        await db
            .Products.Where(row => row.Id == id)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(each => each.Status, ProductStatus.Archived)
                        .SetProperty(each => each.Version, product.Version + 1)
                        .SetProperty(each => each.UpdatedAt, now),
                cancel
            );
        var trail = new AuditTrail(actor, "productArchive", now, newId);
        trail.Note(
            "Product",
            id,
            new { Status = Edits.Told(product.Status), product.Version },
            new { Status = Edits.Told(ProductStatus.Archived), Version = product.Version + 1 }
        );
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await trail.WriteAsync(connection, "catalog", cancel);
        var facts = new CatalogFacts(receivers, now);
        facts.Changed([id]);
        await facts.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync([id]);
        return new ArchiveProductResult.Archived(id);
    }
}
