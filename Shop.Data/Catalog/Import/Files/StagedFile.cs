using Shop.Data.Catalog.Import.Reading;

namespace Shop.Data.Catalog.Import.Files;

/// <summary>Names a file that waits to be imported.</summary>
public readonly record struct StagedFileId(long Value) : IRowId<StagedFileId>
{
    /// <inheritdoc />
    public static StagedFileId From(long value) => new(value);
}

/// <summary>A file that was sent or fetched, in PostgreSQL, where any node that imports it can read it.</summary>
public sealed class StagedFile
{
    /// <summary>Sorts by time of birth.</summary>
    public StagedFileId Id { get; init; }

    /// <summary>What its sender says it is, else how it begins; null where neither tells, and until all of it is here.</summary>
    public ImportFormat? Format { get; init; }

    /// <summary>Length; zero until all of it is here.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 over all of it; empty until it is here.</summary>
    public byte[] Sha256 { get; init; } = [];

    /// <summary>Who sent it; null where the shop itself did.</summary>
    public CustomerId? ActorId { get; init; }

    /// <summary>When the first of it came.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last of it was in; null for one that is on its way, or was given up.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>A piece of a file.</summary>
public sealed class StagedChunk
{
    /// <summary>Whose.</summary>
    public StagedFileId FileId { get; init; }

    /// <summary>Its place, from 0.</summary>
    public int Position { get; init; }

    /// <summary>All have the same length but the last.</summary>
    public byte[] Content { get; init; } = [];
}
