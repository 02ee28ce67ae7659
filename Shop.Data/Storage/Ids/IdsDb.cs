using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Storage.Ids;

/// <summary>Who holds which machine number: PostgreSQL schema <c>ids</c>. All nodes of a shop must share it.</summary>
public sealed class IdsDb(DbContextOptions<IdsDb> options) : ContextDb(options, schema: "ids");

internal sealed class IdsDesignTime() : DesignTime<IdsDb>(options => new(options));

/// <summary>A machine number and its holder.</summary>
internal sealed class Machine
{
    public int Number { get; private init; }
    public Guid Holder { get; private init; }

    /// <summary>By PostgreSQL's clock, the only one that all nodes share.</summary>
    public DateTimeOffset LeasedUntil { get; private init; }

    /// <summary>
    /// By the clocks of its holders: no id with this number was made after it. Null where none was. It outlives the lease,
    /// so that the next holder, whose clock may have been set back, makes none of these ids again.
    /// </summary>
    public DateTimeOffset? UsedUntil { get; private init; }
}

internal sealed class MachineTable : IEntityTypeConfiguration<Machine>
{
    public void Configure(EntityTypeBuilder<Machine> table)
    {
        table.ToTable("machine");
        table.HasKey(machine => machine.Number);
        table.Property(machine => machine.Number).ValueGeneratedNever();
    }
}
