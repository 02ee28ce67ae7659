using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Catalog;

/// <summary>A file that was loaded to its end, so that no start of the shop loads it twice.</summary>
internal sealed class LoadedFile
{
    /// <summary>The file's name, without a folder.</summary>
    public required string Name { get; init; }

    /// <summary>When its last batch was in.</summary>
    public required DateTimeOffset LoadedAt { get; init; }
}

internal sealed class LoadedFileTable : IEntityTypeConfiguration<LoadedFile>
{
    public void Configure(EntityTypeBuilder<LoadedFile> table)
    {
        table.ToTable("loaded_file");
        table.HasKey(file => file.Name);
        table.Property(file => file.Name).HasMaxLength(200);
    }
}
