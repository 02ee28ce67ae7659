namespace Shop.Data.Catalog.Import;

/// <summary>Where an import stands.</summary>
// Stored as a number; a number is never given a second meaning.
public enum ImportStatus : short
{
    /// <summary>Waits for its turn: one import runs at a time.</summary>
    Queued = 1,

    /// <summary>Rows are read or products saved. One whose worker died is here as well, until the next takes it over.</summary>
    Running = 2,

    /// <summary>Final: all was saved but the rows that failed.</summary>
    Done = 3,

    /// <summary>Final: nothing was saved, because of what `errors` tells.</summary>
    Refused = 4,

    /// <summary>Final: what stands before the first error was saved, nothing after it.</summary>
    Stopped = 5,

    /// <summary>Final: it could not go on, and `failure` tells why. What was saved by then stays.</summary>
    Failed = 6,

    /// <summary>Final: it was called off. What was saved by then stays.</summary>
    Cancelled = 7,
}
