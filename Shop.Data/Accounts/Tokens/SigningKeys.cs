using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Shop.Data.Accounts.Tokens;

/// <summary>
/// The keys of the shop, which all nodes share through PostgreSQL. The newest signs; when it has done so for its lifetime, the
/// node that needs one first makes the next. Those before it verify until the last token that they signed has expired. Thread-safe.
/// </summary>
public sealed class SigningKeys(
    Database<AccountsDb> database,
    IOptions<TokenOptions> options,
    TimeProvider clock
) : IDisposable
{
    // A client that sends tokens with made-up keys makes a node read no more often than this.
    private static readonly TimeSpan _readAgainAfter = TimeSpan.FromSeconds(1);

    // Clocks of nodes differ by less, and a signature is sent within it.
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile Ring _ring = new([], DateTimeOffset.MinValue);

    /// <summary>The key that signs now.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and this node has none that is young enough.</exception>
    internal async ValueTask<SigningKey> CurrentAsync(CancellationToken cancel)
    {
        if (_ring.Newest is { } known && IsYoung(known))
        {
            return known;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            await ReadAsync(cancel);
            if (_ring.Newest is not { } newest || !IsYoung(newest))
            {
                await MakeAsync(cancel);
                await ReadAsync(cancel);
            }

            return _ring.Newest!;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the keys again, where this one is not known; at most once a second.</summary>
    /// <param name="id">As a token names it; it may be made up.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async ValueTask LearnAsync(string id, CancellationToken cancel)
    {
        if (_ring.Keys.ContainsKey(id))
        {
            return;
        }

        await _turn.WaitAsync(cancel);
        try
        {
            if (!_ring.Keys.ContainsKey(id) && clock.GetUtcNow() - _ring.ReadAt >= _readAgainAfter)
            {
                await ReadAsync(cancel);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What verifies tokens of this key; null where it is none of ours, or none of its tokens can be good any more.</summary>
    public SecurityKey? Find(string id) =>
        _ring.Keys.TryGetValue(id, out var key) && !IsDone(key) ? key.Key : null;

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private bool IsYoung(SigningKey key) => clock.GetUtcNow() - key.CreatedAt < options.Value.KeyLifetime;

    // A key signs until there is a younger one, and no longer.
    private bool IsDone(SigningKey key) =>
        _ring.SuccessorOf(key) is { } successor
        && clock.GetUtcNow() - successor.CreatedAt > options.Value.AccessTokenLifetime + _margin;

    private async Task ReadAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var known = _ring.Keys;
        await using var db = database.OpenPrimary();
        var rows = await db.SigningKeys.ToListAsync(cancel);
        _ring = new(
            [
                .. rows.Select(row =>
                    known.GetValueOrDefault(row.Id) ?? SigningKey.Read(row, options.Value.KeySecret)
                ),
            ],
            now
        );
    }

    // The lock lets one node at a time look and write: of many that find the key too old, one makes the next.
    private async Task MakeAsync(CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync($"lock table accounts.signing_key in share row exclusive mode", cancel);
        await ReadAsync(cancel);
        if (_ring.Newest is { } made && IsYoung(made))
        {
            return;
        }

        var (id, publicKey, privateKey) = SigningKey.Make(options.Value.KeySecret);
        await connection.ExecuteAsync(
            $"""
            insert into accounts.signing_key (id, public_key, private_key, created_at)
            values ({Sql.Value(id)}, {Sql.Value(publicKey)}, {Sql.Value(privateKey)},
                {Sql.Value(clock.GetUtcNow())})
            """,
            cancel
        );
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The keys at one moment.</summary>
    private sealed class Ring(IReadOnlyList<SigningKey> keys, DateTimeOffset readAt)
    {
        private readonly SigningKey[] _signing = [.. keys.Where(key => key.CanSign)];

        public FrozenDictionary<string, SigningKey> Keys { get; } =
            keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);

        public DateTimeOffset ReadAt => readAt;

        public SigningKey? Newest => _signing.MaxBy(key => key.CreatedAt);

        public SigningKey? SuccessorOf(SigningKey key) =>
            Keys.Values.Where(other => other.CreatedAt > key.CreatedAt).MinBy(other => other.CreatedAt);
    }
}
