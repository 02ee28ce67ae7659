using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Catalog;

internal sealed class CategoryTable : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> table)
    {
        table.ToTable("category");
        table.Property(category => category.Slug).HasMaxLength(200);
        table.Property(category => category.Title).HasMaxLength(200);
        table
            .HasOne<Category>()
            .WithMany()
            .HasForeignKey(category => category.ParentId)
            .OnDelete(DeleteBehavior.Restrict);

        // Serves category(by: slug), and the import's upsert.
        table.HasIndex(category => category.Slug).IsUnique();
        // Serves the roots and the children of a category, in display order.
        table.HasIndex(category => new { category.ParentId, category.Position });
        // Serves "everything below this category".
        table.HasIndex(category => category.Path).HasMethod("gin");
    }
}
