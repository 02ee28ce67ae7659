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
    private readonly SqlText _table;

    private IdempotentCall(Guid key, byte[] fingerprint, string schema) =>
        (_key, _fingerprint, _table) = (key, fingerprint, Sql.Raw($"{schema}.idempotency_key"));

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
        var inserted = await connection.ExecuteAsync(
            $"""
            insert into {_table} (key, fingerprint, subject_id, created_at)
            values ({Sql.Value(_key)}, {Sql.Value(_fingerprint)}, {Sql.Value(subject)}, {Sql.Value(now)})
            on conflict do nothing
            """,
            cancel
        );
        if (inserted == 1)
        {
            return null;
        }

        return new(
            await connection.ScalarAsync<long?>(
                $"""
                select subject_id from {_table}
                where key = {Sql.Value(_key)} and fingerprint = {Sql.Value(_fingerprint)}
                """,
                cancel
            )
        );
    }

    /// <summary>Says what the call has turned out to be about, in the transaction in which it used its key.</summary>
    public Task MoveAsync(NpgsqlConnection connection, long subject, CancellationToken cancel) =>
        connection.ExecuteAsync(
            $"update {_table} set subject_id = {Sql.Value(subject)} where key = {Sql.Value(_key)}",
            cancel
        );
}

/// <summary>A call that had the same key.</summary>
/// <param name="SubjectId">What it was about; null where it asked for something else, which is a conflict.</param>
internal sealed record EarlierCall(long? SubjectId);
