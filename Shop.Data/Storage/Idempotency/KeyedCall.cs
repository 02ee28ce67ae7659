using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Shop.Data.Storage.Idempotency;

/// <summary>
/// A call that its caller may send again: with one key and one input it is done once. For contexts that keep
/// <see cref="UsedKey"/>s.
/// </summary>
internal sealed class KeyedCall
{
    private readonly Guid _key;
    private readonly byte[] _fingerprint;
    private readonly string _schema;

    private KeyedCall(Guid key, byte[] fingerprint, string schema) =>
        (_key, _fingerprint, _schema) = (key, fingerprint, schema);

    /// <param name="key">Chosen by the client.</param>
    /// <param name="request">All that the call asks for, and on whose behalf: a record of values, without subtypes.</param>
    /// <param name="schema">The context's, such as <c>inventory</c>.</param>
    public static KeyedCall Of<TRequest>(Guid key, TRequest request, string schema) =>
        new(key, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, StoredJson.Options)), schema);

    /// <summary>Uses the key, in the transaction of the effect. Waits for another call that is using it.</summary>
    /// <returns>False where it was used before.</returns>
    public async Task<bool> BeginAsync(
        NpgsqlConnection connection,
        long subject,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into {_schema}.idempotency_key (key, fingerprint, subject_id, created_at)
            values ($1, $2, $3, $4) on conflict do nothing
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(_key));
        command.Parameters.Add(Sql.Value(_fingerprint));
        command.Parameters.Add(Sql.Value(subject));
        command.Parameters.Add(Sql.Value(now));
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>What the first call with this key was about; null where it asked for something else.</summary>
    public async Task<long?> FindFirstAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"select subject_id from {_schema}.idempotency_key where key = $1 and fingerprint = $2",
            connection
        );
        command.Parameters.Add(Sql.Value(_key));
        command.Parameters.Add(Sql.Value(_fingerprint));
        return await command.ExecuteScalarAsync(cancel) as long?;
    }
}
