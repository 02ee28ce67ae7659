using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Catalog.Edit;

/// <summary>What a product is called where no two may be called alike.</summary>
/// <param name="Code">The seller's article code.</param>
/// <param name="Slug">Its place in a web address.</param>
/// <param name="Faults">Which of them is another product's.</param>
internal sealed record ProductNames(string Code, string Slug, IReadOnlyList<ProductFault> Faults)
{
    /// <summary>Those that are asked for; else those it has; else new ones. One statement.</summary>
    public static async Task<ProductNames> ReadAsync(
        CatalogDb db,
        ProductId id,
        Product? stored,
        SaveProductRequest request,
        CancellationToken cancel
    )
    {
        var code = request.Code ?? stored?.Code ?? id.Value.ToString(CultureInfo.InvariantCulture);
        List<string> slugs = (request.Slug ?? stored?.Slug) is { } given
            ? [given]
            : [.. SlugOf.Product(request.Title, request.Variants[0].Sku ?? code, id.Value)];
        var others = await db
            .Products.Where(row => row.Id != id && (row.Code == code || slugs.Contains(row.Slug)))
            .Select(row => new { row.Code, row.Slug })
            .ToListAsync(cancel);
        var free = slugs.Find(slug => others.TrueForAll(other => other.Slug != slug));
        var faults = new List<ProductFault>();
        if (others.Exists(other => other.Code == code))
        {
            faults.Add(new(ProductFaultKind.CodeTaken));
        }

        if (free is null)
        {
            faults.Add(new(ProductFaultKind.SlugTaken));
        }

        return new(code, free ?? slugs[0], faults);
    }
}
