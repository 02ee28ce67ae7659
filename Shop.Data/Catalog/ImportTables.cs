using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog;

internal sealed class CatalogImportTable : IEntityTypeConfiguration<CatalogImport>
{
    public void Configure(EntityTypeBuilder<CatalogImport> table)
    {
        table.ToTable("import");
        table.Property(import => import.Id).ValueGeneratedNever();
        table.Property(import => import.Url).HasMaxLength(2000);
        table.Property(import => import.Code).HasMaxLength(64);
        table.Property(import => import.Failure).HasMaxLength(500);
        table
            .Ignore(import => import.IsFinal)
            .Ignore(import => import.Products)
            .Ignore(import => import.Variants)
            .Ignore(import => import.Progress);

        // Serves the replay of a call.
        table.HasIndex(import => import.IdempotencyKey).IsUnique();
        // Serves the claim: what waits, oldest first.
        table
            .HasIndex(import => import.Id, "ix_import_queued")
            .HasFilter($"status = {(int)ImportStatus.Queued}");
        // At most one import runs, however many workers claim one.
        table
            .HasIndex(import => import.Status, "ix_import_running")
            .IsUnique()
            .HasFilter($"status = {(int)ImportStatus.Running}");
    }
}

internal sealed class ImportRowTable : IEntityTypeConfiguration<StagedRow>
{
    public void Configure(EntityTypeBuilder<StagedRow> table)
    {
        table.ToTable("import_row");
        table.HasKey(row => new { row.ImportId, row.Line });
        // Compared as bytes, so that "the next codes" means the same everywhere.
        table.Property(row => row.Code).HasMaxLength(64).UseCollation("C");
        table.Property(row => row.Sku).HasMaxLength(64);
        table.Property(row => row.Title).HasMaxLength(200);
        table.Property(row => row.Currency).HasMaxLength(3).IsFixedLength();

        // Serves the batches: the rows of the next codes, each as in the file.
        table.HasIndex(row => new
        {
            row.ImportId,
            row.Code,
            row.Line,
        });
    }
}

internal sealed class ImportErrorTable : IEntityTypeConfiguration<ImportError>
{
    public void Configure(EntityTypeBuilder<ImportError> table)
    {
        table.ToTable("import_error");
        table.HasKey(error => new { error.ImportId, error.Line });
        table.Property(error => error.Field).HasMaxLength(200);
        table.Property(error => error.Message).HasMaxLength(500);
        table.Property(error => error.Text).HasMaxLength(200);
    }
}

internal sealed class StagedFileTable : IEntityTypeConfiguration<StagedFile>
{
    public void Configure(EntityTypeBuilder<StagedFile> table)
    {
        table.ToTable("staged_file");
        table.Property(file => file.Id).ValueGeneratedNever();
        // Serves retention.
        table.HasIndex(file => file.CreatedAt);
    }
}

internal sealed class StagedChunkTable : IEntityTypeConfiguration<StagedChunk>
{
    public void Configure(EntityTypeBuilder<StagedChunk> table)
    {
        table.ToTable("staged_chunk");
        table.HasKey(chunk => new { chunk.FileId, chunk.Position });
        table
            .HasOne<StagedFile>()
            .WithMany()
            .HasForeignKey(chunk => chunk.FileId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}
