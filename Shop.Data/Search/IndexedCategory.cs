using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Search;

/// <summary>A category, of whose titles products have words.</summary>
public sealed class IndexedCategory
{
    /// <summary>Catalog's id.</summary>
    public CategoryId CategoryId { get; private init; }

    /// <summary>The ids from the root down to itself.</summary>
    public long[] Path { get; private init; } = [];

    /// <summary>What it is called.</summary>
    public string Title { get; private init; } = "";
}

internal sealed class IndexedCategoryTable : IEntityTypeConfiguration<IndexedCategory>
{
    public void Configure(EntityTypeBuilder<IndexedCategory> table)
    {
        table.ToTable("category");
        table.HasKey(category => category.CategoryId);
        table.Property(category => category.CategoryId).ValueGeneratedNever();
        // Serves "everything below this category".
        table.HasIndex(category => category.Path).HasMethod("gin");
    }
}
