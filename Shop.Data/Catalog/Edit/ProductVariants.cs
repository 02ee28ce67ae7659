using Microsoft.EntityFrameworkCore;
using Shop.Data.Audit;
using Shop.Data.Catalog.Messages;
using Shop.Data.Catalog.Prices;

namespace Shop.Data.Catalog.Edit;

/// <summary>The variants that a product has, beside those that it shall have.</summary>
internal sealed class ProductVariants
{
    private readonly CatalogDb _db;
    private readonly ProductId _product;
    private readonly IReadOnlyList<ProductVariant> _stored;
    private readonly IReadOnlyList<(VariantToSave Wanted, ProductVariant? Stored)> _pairs;

    private ProductVariants(
        CatalogDb db,
        ProductId product,
        IReadOnlyList<ProductVariant> stored,
        IReadOnlyList<VariantToSave> wanted
    )
    {
        (_db, _product, _stored) = (db, product, stored);
        _pairs = [.. wanted.Select(variant => (variant, StoredOf(variant)))];
    }

    /// <summary>Why they cannot be saved; empty where they can.</summary>
    public IReadOnlyList<ProductFault> Faults { get; private set; } = [];

    /// <summary>Reads those of a product that is locked, and whose the new SKUs are: two statements.</summary>
    public static async Task<ProductVariants> ReadAsync(
        CatalogDb db,
        ProductId product,
        Product? stored,
        IReadOnlyList<VariantToSave> wanted,
        CancellationToken cancel
    )
    {
        var own = stored is null
            ? []
            : await db.Variants.Where(row => row.ProductId == product).ToListAsync(cancel);
        var variants = new ProductVariants(db, product, own, wanted);
        var news = variants
            ._pairs.Where(pair => pair.Stored is null)
            .Select(pair => pair.Wanted.Sku)
            .OfType<string>();
        var taken = await db
            .Variants.Where(row => row.ProductId != product && news.ToArray().Contains(row.Sku))
            .Select(row => row.Sku)
            .ToListAsync(cancel);
        variants.Faults = [.. variants.FaultsWith(taken)];
        return variants;
    }

    /// <summary>Puts them into the unit of work, and takes those out of the range that are not wanted.</summary>
    public async Task WriteAsync(
        AuditTrail trail,
        CatalogFacts facts,
        NewId newId,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var added = new List<AddedVariant>();
        var repriced = new List<VariantId>();
        foreach (var (position, (wanted, stored)) in _pairs.Index())
        {
            var variant = Made(wanted, stored, position, stored?.Id ?? newId.Next<VariantId>(), now);
            if (stored is null)
            {
                _db.Add(variant);
                _db.Add(PointOf(variant, now));
                added.Add(new(variant.Id, Units: 0));
                trail.Note("ProductVariant", variant.Id, before: null, Edits.Told(variant));
            }
            else if (StoredJson.Write(Edits.Told(stored)) != StoredJson.Write(Edits.Told(variant)))
            {
                _db.Update(variant);
                var isRepriced =
                    variant.PriceMinor != stored.PriceMinor || variant.Currency != stored.Currency;
                if (isRepriced)
                {
                    repriced.Add(variant.Id);
                }

                if (isRepriced || variant.CompareAtMinor != stored.CompareAtMinor)
                {
                    _db.Add(PointOf(variant, now));
                }

                trail.NoteDifference("ProductVariant", variant.Id, Edits.Told(stored), Edits.Told(variant));
            }
        }

        facts.Added(added);
        facts.Repriced(repriced);
        await RetireAsync(trail, now, cancel);
    }

    private async Task RetireAsync(AuditTrail trail, DateTimeOffset now, CancellationToken cancel)
    {
        var kept = _pairs.Select(pair => pair.Stored?.Id).ToHashSet();
        var gone = _stored
            .Where(variant => variant.RetiredAt is null && !kept.Contains(variant.Id))
            .Select(variant => variant.Id)
            .ToList();
        if (gone.Count == 0)
        {
            return;
        }

        await _db
            .Variants.Where(row => gone.Contains(row.Id))
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(variant => variant.RetiredAt, now)
                        .SetProperty(variant => variant.Version, variant => variant.Version + 1)
                        .SetProperty(variant => variant.UpdatedAt, now),
                cancel
            );
        foreach (var id in gone)
        {
            trail.Note(
                "ProductVariant",
                id,
                new { RetiredAt = (DateTimeOffset?)null },
                new { RetiredAt = now }
            );
        }
    }

    private static PricePoint PointOf(ProductVariant variant, DateTimeOffset now) =>
        new()
        {
            VariantId = variant.Id,
            At = now,
            PriceMinor = variant.PriceMinor,
            CompareAtMinor = variant.CompareAtMinor,
            Currency = variant.Currency,
        };

    private ProductVariant? StoredOf(VariantToSave wanted) =>
        _stored.FirstOrDefault(variant => wanted.Id is { } id ? variant.Id == id : variant.Sku == wanted.Sku);

    private IEnumerable<ProductFault> FaultsWith(IReadOnlyCollection<string> taken)
    {
        var seen = new HashSet<VariantId>();
        var news = new HashSet<string>();
        foreach (var (index, (wanted, stored)) in _pairs.Index())
        {
            if (stored is null ? wanted.Id is not null : !seen.Add(stored.Id))
            {
                yield return new(
                    stored is null ? ProductFaultKind.NoSuchVariant : ProductFaultKind.NamedTwice,
                    index
                );
            }
            else if (stored is not null && wanted.Sku is { } sku && sku != stored.Sku)
            {
                yield return new(ProductFaultKind.SkuStays, index);
            }
            else if (stored is null && taken.Contains(wanted.Sku!))
            {
                yield return new(ProductFaultKind.SkuTaken, index);
            }
            else if (stored is null && !news.Add(wanted.Sku!))
            {
                yield return new(ProductFaultKind.SkuTwice, index);
            }
        }
    }

    private ProductVariant Made(
        VariantToSave wanted,
        ProductVariant? stored,
        int position,
        VariantId id,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            ProductId = _product,
            Sku = stored?.Sku ?? wanted.Sku!,
            Title = wanted.Title,
            SelectedOptions = wanted.SelectedOptions,
            PriceMinor = wanted.Price.Minor,
            CompareAtMinor = wanted.CompareAtMinor,
            Currency = wanted.Price.Currency,
            WeightGrams = wanted.WeightGrams ?? stored?.WeightGrams ?? 0,
            RequiresShipping = wanted.RequiresShipping ?? stored?.RequiresShipping ?? true,
            Position = position,
            Version = (stored?.Version ?? 0) + 1,
            CreatedAt = stored?.CreatedAt ?? now,
            UpdatedAt = now,
        };
}
