using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Pricing.Taxes.Asking;

namespace Shop.Data.Pricing;

/// <summary>What is to be told. Empty but for seconds, unless the service is away.</summary>
internal sealed class UntoldDocumentTable : IEntityTypeConfiguration<UntoldDocument>
{
    public void Configure(EntityTypeBuilder<UntoldDocument> table)
    {
        table.ToTable("untold_document");
        table.HasKey(row => row.OrderId);
        table.Property(row => row.OrderId).ValueGeneratedNever();
        table.Property(row => row.Document).HasJson();
        // Serves "what is due".
        table.HasIndex(row => row.NextTryAt);
    }
}
