namespace Shop.Data.Accounts;

/// <summary>Names a session.</summary>
public readonly record struct SessionId(long Value) : IRowId<SessionId>
{
    /// <inheritdoc />
    public static SessionId From(long value) => new(value);
}

/// <summary>Why a session was ended before its time. Stored as a number; a number is never given a second meaning.</summary>
public enum SessionEnd : short
{
    /// <summary>Its owner signed out.</summary>
    SignedOut = 1,

    /// <summary>A refresh token came a second time: two have it, and one of them is not its owner.</summary>
    TokenReused = 2,

    /// <summary>The password was changed, in another session or by the shop's operator.</summary>
    PasswordChanged = 3,
}

/// <summary>
/// One device of a customer, from signing in to signing out: a family of refresh tokens, each of which is the heir of the
/// one before.
/// </summary>
public sealed class Session
{
    /// <summary>A Snowflake; the claim <c>sid</c> of its access tokens.</summary>
    public SessionId Id { get; private init; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private init; }

    /// <summary>When they signed in.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it is over unless it is used before; moves on with each use.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>When it was ended before its time; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>Why; null while it was not.</summary>
    public SessionEnd? EndedReason { get; private init; }
}

/// <summary>One refresh token of a session. What is stored opens nothing.</summary>
public sealed class RefreshTokenRow
{
    /// <summary>SHA-256 of the token.</summary>
    public byte[] Hash { get; private init; } = [];

    /// <summary>Which session it continues.</summary>
    public SessionId SessionId { get; private init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset IssuedAt { get; private init; }

    /// <summary>When it was given up for its successor; null while it is the newest.</summary>
    public DateTimeOffset? UsedAt { get; private init; }
}

/// <summary>A pair of keys that signs access tokens.</summary>
public sealed class SigningKeyRow
{
    /// <summary>The header <c>kid</c> of its tokens.</summary>
    public string Id { get; private init; } = "";

    /// <summary>SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; private init; } = [];

    /// <summary>PKCS#8, encrypted with <c>Accounts:KeySecret</c>.</summary>
    public byte[] PrivateKey { get; private init; } = [];

    /// <summary>From when on it signs.</summary>
    public DateTimeOffset CreatedAt { get; private init; }
}
