using System.Net;

namespace Shop.Data.Accounts.Attempts;

/// <summary>Where an attempt to sign in comes from.</summary>
/// <param name="Address">Null where that is not known.</param>
/// <param name="Device">A session of the account that this device has, or has had; null where that is not proven.</param>
public sealed record AttemptSource(IPAddress? Address, SessionId? Device);

/// <summary>An attempt that was taken, or refused.</summary>
/// <param name="Buckets">Where it counts.</param>
/// <param name="Known">Where it is noted that its owner has signed in from this address; null where there is none.</param>
/// <param name="Later">When to try again; null where it was taken.</param>
internal sealed record Attempt(IReadOnlyList<AttemptBucket> Buckets, string? Known, DateTimeOffset? Later);

/// <summary>Attempts that are counted together.</summary>
/// <param name="Key">In Redis.</param>
/// <param name="Most">Those that need not wait.</param>
/// <param name="Kind">Of whom they are.</param>
internal sealed record AttemptBucket(string Key, int Most, AttemptKind Kind);

/// <summary>Of whom attempts are.</summary>
internal enum AttemptKind
{
    /// <summary>For one e-mail from one address or device: the next ones wait longer and longer.</summary>
    Guesser,

    /// <summary>From one address, for whatever e-mail: the next ones wait for the next window.</summary>
    Address,

    /// <summary>For one e-mail, from wherever its owner has not signed in: likewise.</summary>
    Strangers,
}
