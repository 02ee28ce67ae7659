using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Catalog.Messages;

namespace Shop.Data.Search;

/// <summary>A SKU that is sold.</summary>
public sealed class IndexedSku
{
    /// <summary>Catalog's id.</summary>
    public VariantId VariantId { get; private init; }

    /// <summary>Whose SKU it is.</summary>
    public ProductId ProductId { get; private init; }

    /// <summary>What one costs, in minor units of <see cref="Currency"/>.</summary>
    public long PriceMinor { get; private init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>One value for each of the product's options.</summary>
    public IReadOnlyList<OptionDocument> Options { get; private init; } = [];

    /// <summary>Its place among the SKUs of the product, from 0.</summary>
    public int Position { get; private init; }
}

/// <summary>What is left of a SKU, whether the index has the SKU yet or not.</summary>
public sealed class IndexedStock
{
    /// <summary>Inventory's id.</summary>
    public VariantId VariantId { get; private init; }

    /// <summary>Units that can be sold.</summary>
    public int Available { get; private init; }

    /// <summary>Inventory's version: an older level does not take the place of a newer one.</summary>
    public int Version { get; private init; }

    /// <summary>Units sold lately, each worth half after 14 days.</summary>
    public float SoldLately { get; private init; }
}

/// <summary>A code by which a product is found: a SKU or an article code, as letters and digits alone.</summary>
public sealed class IndexedCode
{
    /// <summary>As <c>SearchText.CodeOf</c> writes it.</summary>
    public string Code { get; private init; } = "";

    /// <summary>Whose code it is, or that of a SKU of it.</summary>
    public ProductId ProductId { get; private init; }
}

internal sealed class IndexedSkuTable : IEntityTypeConfiguration<IndexedSku>
{
    public void Configure(EntityTypeBuilder<IndexedSku> table)
    {
        table.ToTable("sku");
        table.HasKey(sku => sku.VariantId);
        table.Property(sku => sku.VariantId).ValueGeneratedNever();
        table.Property(sku => sku.Currency).HasMaxLength(3).IsFixedLength();
        table.Property(sku => sku.Options).HasJson();
        // Serves the SKUs of a product.
        table.HasIndex(sku => sku.ProductId);
    }
}

internal sealed class IndexedStockTable : IEntityTypeConfiguration<IndexedStock>
{
    public void Configure(EntityTypeBuilder<IndexedStock> table)
    {
        table.ToTable("stock");
        table.HasKey(stock => stock.VariantId);
        table.Property(stock => stock.VariantId).ValueGeneratedNever();
        // No column of an index changes with a sale: its new version finds room on the same page.
        table.HasStorageParameter("fillfactor", 70);
    }
}

internal sealed class IndexedCodeTable : IEntityTypeConfiguration<IndexedCode>
{
    public void Configure(EntityTypeBuilder<IndexedCode> table)
    {
        table.ToTable("code");
        // By its bytes, so that the codes that begin alike stand together.
        table.Property(code => code.Code).UseCollation("C");
        table.HasKey(code => new { code.Code, code.ProductId });
        // Serves the codes of a product, which are written anew with it.
        table.HasIndex(code => code.ProductId);
    }
}
