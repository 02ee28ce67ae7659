namespace Shop.Data.Storage.Positions;

/// <summary>
/// Where in the order of transactions a read stood, as the server says it in the same round trip; set by the read of a
/// <see cref="ContextDb"/> that holds one.
/// </summary>
/// <remarks>
/// Numbers of transactions, taken a moment before the read's own snapshot: never newer than what was read. A standby tells the
/// primary's numbers, as far as it has come.
/// </remarks>
public sealed class ReadPosition
{
    /// <summary>Whether the primary was asked.</summary>
    public bool IsPrimary { get; internal set; }

    /// <summary>What was read shows all that transactions below this number have committed.</summary>
    public long Floor { get; internal set; }

    /// <summary>And hardly anything of those from this number on.</summary>
    public long Ceiling { get; internal set; }
}
