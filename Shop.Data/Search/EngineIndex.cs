using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Search;

/// <summary>How far an index of Elasticsearch is.</summary>
public enum SearchIndexState
{
    /// <summary>It is filled, and follows what changes meanwhile.</summary>
    Building,

    /// <summary>It is searched.</summary>
    Live,

    /// <summary>It was searched before, and follows still: it can be taken back.</summary>
    Old,

    /// <summary>It came to nothing, or is gone; see its error.</summary>
    Failed,
}

/// <summary>Names an index in Elasticsearch.</summary>
public readonly record struct EngineIndexId(long Value) : IRowId<EngineIndexId>
{
    /// <inheritdoc />
    public static EngineIndexId From(long value) => new(value);
}

/// <summary>An index in Elasticsearch, and how much of ours is in it.</summary>
public sealed class EngineIndex
{
    /// <summary>Sorts by time of birth.</summary>
    public EngineIndexId Id { get; private init; }

    /// <summary>Chosen by the member of staff's client that asked for it; null where the shop itself did. Unique.</summary>
    public Guid? RequestKey { get; private init; }

    /// <summary>Rises with each step, and not with what it is fed.</summary>
    public int Version { get; private init; }

    /// <summary>Its name there.</summary>
    public string Name { get; private init; } = "";

    /// <summary>How far it is.</summary>
    public SearchIndexState State { get; private init; }

    /// <summary>Of which <see cref="Elastic.ElasticMapping.Version"/>.</summary>
    public int Mapping { get; private init; }

    /// <summary>The last product that was filled in, by id; null before the index is made.</summary>
    public long? AfterId { get; private init; }

    /// <summary>Products that were filled in.</summary>
    public int Done { get; private init; }

    /// <summary>Products that were on sale when it began.</summary>
    public int Total { get; private init; }

    /// <summary>Up to which revision it has all changes.</summary>
    public long FedRevision { get; private init; }

    /// <summary>All that was committed by then is in it.</summary>
    public DateTimeOffset FedAsOf { get; private init; }

    /// <summary>What went wrong; null for nothing.</summary>
    public string? Error { get; private init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>When it was searched first, or again; null where it never was.</summary>
    public DateTimeOffset? LiveAt { get; private init; }

    /// <summary>When its state, or how far it is, last changed.</summary>
    public DateTimeOffset ChangedAt { get; private init; }
}

internal sealed class EngineIndexTable : IEntityTypeConfiguration<EngineIndex>
{
    public void Configure(EntityTypeBuilder<EngineIndex> table)
    {
        table.ToTable("engine_index");
        table.HasKey(index => index.Id);
        table.Property(index => index.Id).ValueGeneratedNever();
        table.Property(index => index.Version).HasDefaultValue(1);
        table.Property(index => index.State).HasConversion<string>().HasMaxLength(16);
        // One is searched, and one is built.
        table.HasIndex(index => index.State).IsUnique().HasFilter("state in ('Building', 'Live')");
        // Serves "what has this key started", and is what makes it start once.
        table.HasIndex(index => index.RequestKey).IsUnique().HasFilter("request_key is not null");
    }
}
