using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Messages;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Catalog.Edit;

/// <summary>
/// Makes a product, or changes it, with all its variants in one transaction. Its version rises by one with each save, and
/// that of a variant with each change of it. A variant that is left out is not sold any more, but stays for the orders that
/// name it; named again, it comes back.
/// </summary>
public sealed class SaveProduct(
    Database<CatalogDb> database,
    Receivers receivers,
    CatalogAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    // A save that loses a race for a name looks again, and finds it taken.
    private const int MaxTries = 3;

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<SaveProductResult> RunAsync(SaveProductRequest request, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var result = await TryAsync(request, cancel);
                if (result is SaveProductResult.Saved { Replayed: false, Id: var id })
                {
                    await announcements.PublishAsync([id]);
                }

                return result;
            }
            catch (DbUpdateException fault) when (tries < MaxTries && Edits.MayPassByItself(fault)) { }
        }
    }

    private async Task<SaveProductResult> TryAsync(SaveProductRequest request, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = request.Id ?? newId.Next<ProductId>();
        var now = clock.GetUtcNow();
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "catalog");
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new SaveProductResult.Saved(new(first), Replayed: true)
                : new SaveProductResult.KeyConflict();
        }

        var stored = request.Id is null ? null : await Edits.LockProductAsync(db, id, cancel);
        if (request.Id is not null && stored is null)
        {
            return new SaveProductResult.NotFound();
        }

        if (stored is not null && request.IfVersion is { } version && version != stored.Version)
        {
            return new SaveProductResult.VersionConflict(stored.Version);
        }

        var names = await ProductNames.ReadAsync(db, id, stored, request, cancel);
        var variants = await ProductVariants.ReadAsync(db, id, stored, request.Variants, cancel);
        if (Faults(request, stored, names, variants) is { Count: > 0 } faults)
        {
            return new SaveProductResult.Refused(faults);
        }

        var trail = new AuditTrail(request.Actor, "productSave", now, newId);
        Write(db, request, id, stored, names, trail, now);
        var facts = new CatalogFacts(receivers, now);
        facts.Changed([id]);
        await variants.WriteAsync(trail, facts, newId, now, cancel);
        await db.SaveChangesAsync(cancel);
        await trail.WriteAsync(connection, "catalog", cancel);
        await facts.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
        StopPoint.Reach("product saved, stock not opened");
        return new SaveProductResult.Saved(id, Replayed: false);
    }

    private static List<ProductFault> Faults(
        SaveProductRequest request,
        Product? stored,
        ProductNames names,
        ProductVariants variants
    ) =>
        [
            .. names.Faults,
            .. variants.Faults,
            .. request.Status == ProductStatus.Draft && stored is { Status: not ProductStatus.Draft }
                ? [new ProductFault(ProductFaultKind.NoDraftAgain)]
                : Array.Empty<ProductFault>(),
        ];

    private static void Write(
        CatalogDb db,
        SaveProductRequest request,
        ProductId id,
        Product? stored,
        ProductNames names,
        AuditTrail trail,
        DateTimeOffset now
    )
    {
        var product = new Product
        {
            Id = id,
            Code = names.Code,
            Slug = names.Slug,
            Title = request.Title,
            Description = request.Description,
            Status = request.Status ?? stored?.Status ?? ProductStatus.Draft,
            Brand = request.Brand,
            TaxClass = request.TaxClass ?? stored?.TaxClass,
            CategoryId = request.Category,
            Tags = [.. request.Tags],
            Media = request.Media,
            Options = request.Options,
            PriceFromMinor = request.Variants.Min(variant => variant.Price.Minor),
            Version = (stored?.Version ?? 0) + 1,
            CreatedAt = stored?.CreatedAt ?? now,
            UpdatedAt = now,
        };
        if (stored is null)
        {
            db.Add(product);
            trail.Note("Product", id, before: null, Edits.Told(product));
        }
        else
        {
            db.Update(product);
            trail.NoteDifference("Product", id, Edits.Told(stored), Edits.Told(product));
        }
    }
}
