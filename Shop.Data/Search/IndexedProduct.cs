using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Shop.Data.Search;

/// <summary>A product as it is found. Never removed: what is no longer sold is just not found.</summary>
public sealed class IndexedProduct
{
    /// <summary>Catalog's id.</summary>
    public ProductId ProductId { get; private init; }

    /// <summary>Catalog's version: an older copy does not take the place of a newer one.</summary>
    public int Version { get; private init; }

    /// <summary>Whether it is on sale and has a SKU.</summary>
    public bool IsSearchable { get; private init; }

    /// <summary>Its place in a web address.</summary>
    public string Slug { get; private init; } = "";

    /// <summary>What it is called.</summary>
    public string Title { get; private init; } = "";

    /// <summary>The title's words, folded, with single blanks: what a text that <em>is</em> the title is compared with.</summary>
    public string TitleWords { get; private init; } = "";

    /// <summary>Who makes it.</summary>
    public string? Brand { get; private init; }

    /// <summary>The narrowest category it belongs to.</summary>
    public CategoryId? CategoryId { get; private init; }

    /// <summary>Small letters.</summary>
    public string[] Tags { get; private init; } = [];

    /// <summary>⌊4 · log₂(1 + units sold lately)⌋: coarse, so that it seldom changes.</summary>
    public short Popularity { get; private init; }

    /// <summary>When it came into the catalogue.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private init; }

    /// <summary>Words of the title.</summary>
    public NpgsqlTsVector WTitle { get; private init; } = null!;

    /// <summary>Words of title, brand, categories, tags and option values, and codes.</summary>
    public NpgsqlTsVector WNames { get; private init; } = null!;

    /// <summary>Those, and the words of the description.</summary>
    public NpgsqlTsVector WAll { get; private init; } = null!;
}

internal sealed class IndexedProductTable : IEntityTypeConfiguration<IndexedProduct>
{
    public void Configure(EntityTypeBuilder<IndexedProduct> table)
    {
        table.ToTable("product");
        table.HasKey(product => product.ProductId);
        table.Property(product => product.ProductId).ValueGeneratedNever();
        // As people sort, whatever locale the server was made with.
        table.Property(product => product.Title).UseCollation("und-x-icu");
        table.Property(product => product.Popularity).HasDefaultValue((short)0);
        // Serves "all the words", wherever they stand. Written at once: a list of what is pending would stall a write some day.
        table
            .HasIndex(product => new
            {
                product.WTitle,
                product.WNames,
                product.WAll,
            })
            .HasMethod("gin")
            .HasStorageParameter("fastupdate", false);
        // Serves the text that is a title.
        table.HasIndex(product => product.TitleWords).HasMethod("hash");
        // Serves the products below a category that was renamed or moved.
        table.HasIndex(product => new { product.CategoryId, product.ProductId });
    }
}
