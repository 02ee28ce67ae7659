using Npgsql;

namespace Shop.Data.Storage.Idempotency;

/// <summary>
/// A call that its caller may send again: with one key and one input it is done once. For contexts that keep
/// <see cref="IdempotencyKey"/>s.
/// </summary>
internal sealed class IdempotentCall
{
    private readonly Guid _key;
    private readonly byte[] _fingerprint;
    private readonly string _table;

    private IdempotentCall(Guid key, byte[] fingerprint, string schema) =>
        (_key, _fingerprint, _table) = (key, fingerprint, $"{schema}.idempotency_key");

    /// <param name="key">Chosen by the client.</param>
    /// <param name="request">All that the call asks for, and on whose behalf: a record of values, without subtypes.</param>
    /// <param name="schema">The context's, such as <c>inventory</c>.</param>
    public static IdempotentCall Of<TRequest>(Guid key, TRequest request, string schema) =>
        new(key, Fingerprint.Of(StoredJson.Write(request)), schema);

    /// <summary>Uses the key, first of all in the transaction of the effect. Waits for another call that is using it.</summary>
    /// <param name="connection">In the transaction.</param>
    /// <param name="subject">What the call is about.</param>
    /// <param name="now">Since when the key is remembered.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The call that used it before; null where this is the first.</returns>
    public async Task<EarlierCall?> BeginAsync(
        NpgsqlConnection connection,
        long subject,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var insert = new NpgsqlCommand(
            $"""
            insert into {_table} (key, fingerprint, subject_id, created_at)
            values ($1, $2, $3, $4) on conflict do nothing
            """,
            connection
        );
        insert.Parameters.Add(Sql.Value(_key));
        insert.Parameters.Add(Sql.Value(_fingerprint));
        insert.Parameters.Add(Sql.Value(subject));
        insert.Parameters.Add(Sql.Value(now));
        if (await insert.ExecuteNonQueryAsync(cancel) == 1)
        {
            return null;
        }

        await using var find = new NpgsqlCommand(
            $"select subject_id from {_table} where key = $1 and fingerprint = $2",
            connection
        );
        find.Parameters.Add(Sql.Value(_key));
        find.Parameters.Add(Sql.Value(_fingerprint));
        return new(await find.ExecuteScalarAsync(cancel) as long?);
    }
}

/// <summary>A call that had the same key.</summary>
/// <param name="SubjectId">What it was about; null where it asked for something else, which is a conflict.</param>
internal sealed record EarlierCall(long? SubjectId);
