using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Search;

/// <summary>Which products a revision of the index has touched: who holds a copy in memory reads those again, and no others.</summary>
public sealed class IndexChange
{
    /// <summary>Each revision has one row, as long as it is kept.</summary>
    public long Revision { get; private init; }

    /// <summary>Ids; none where a revision is about something else.</summary>
    public long[] Products { get; private init; } = [];
}

internal sealed class IndexChangeTable : IEntityTypeConfiguration<IndexChange>
{
    public void Configure(EntityTypeBuilder<IndexChange> table)
    {
        table.ToTable("change");
        table.HasKey(change => change.Revision);
        table.Property(change => change.Revision).ValueGeneratedNever();
    }
}
