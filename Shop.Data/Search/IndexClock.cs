using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Search;

/// <summary>
/// How far the index is: one row. Who writes to the index takes the next revision under its lock, and reads what it copies after
/// that: of two writers the later one has read the newer.
/// </summary>
public sealed class IndexClock
{
    /// <summary>Number of the only row.</summary>
    public const short TheOne = 1;

    /// <summary><see cref="TheOne"/>.</summary>
    public short Id { get; private init; }

    /// <summary>Rises with every change of the index.</summary>
    public long Revision { get; private init; }

    /// <summary>All that was committed by then is in the index; it may be more.</summary>
    public DateTimeOffset AsOf { get; private init; }

    /// <summary>The last product of the first filling; null once that is done.</summary>
    public ProductId? FilledTo { get; private init; }

    /// <summary>When it was last counted what sells.</summary>
    public DateTimeOffset CountedAt { get; private init; }

    /// <summary>The revision at which staff last changed synonyms; 0 before the first.</summary>
    public long SynonymsAt { get; private init; }
}

internal sealed class IndexClockTable : IEntityTypeConfiguration<IndexClock>
{
    public void Configure(EntityTypeBuilder<IndexClock> table)
    {
        table.ToTable("clock", t => t.HasCheckConstraint("ck_clock_one_row", $"id = {IndexClock.TheOne}"));
        table.Property(clock => clock.Id).ValueGeneratedNever();
        // Written with every batch; its versions find room on their page.
        table.HasStorageParameter("fillfactor", 10);
    }
}
