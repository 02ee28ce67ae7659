using Npgsql;

namespace Shop.Data.Messages;

/// <summary>A context's record of what it has taken; written in the transaction of the effect.</summary>
/// <param name="context">The receiver's schema.</param>
/// <param name="now">The moment of the transaction, one for all its rows.</param>
internal sealed class Inbox(string context, DateTimeOffset now)
{
    public DateTimeOffset Now => now;

    /// <summary>The statement that takes messages in; <see cref="FreshAsync"/> reads what it returns.</summary>
    public NpgsqlBatchCommand Take<TMessage>(IReadOnlyList<Delivered<TMessage>> messages)
        where TMessage : IMessage =>
        Sql.Batched(
            $"""
            insert into {Sql.Raw(context)}.inbox (sender, message_id, taken_at)
            select m.sender, m.id, {Sql.Value(now)} from unnest(
                {Sql.Column(messages, message => message.Sender)},
                {Sql.Column(messages, message => message.Id)}) as m(sender, id)
            order by m.sender, m.id
            on conflict do nothing
            returning sender, message_id
            """
        );

    /// <summary>Takes messages in, in the connection's transaction.</summary>
    /// <inheritdoc cref="FreshAsync" path="/returns" />
    public async Task<IReadOnlyList<Delivered<TMessage>>> TakeAsync<TMessage>(
        NpgsqlConnection connection,
        IReadOnlyList<Delivered<TMessage>> messages,
        CancellationToken cancel
    )
        where TMessage : IMessage
    {
        await using var round = connection.CreateBatch([Take(messages)]);
        await round.PrepareAsync(cancel);
        await using var rows = await round.ExecuteReaderAsync(cancel);
        return await FreshAsync(rows, messages, cancel);
    }

    /// <summary>Reads what <see cref="Take"/> returns.</summary>
    /// <returns>Those of the messages that were never taken before, in the order given.</returns>
    public static async Task<IReadOnlyList<Delivered<TMessage>>> FreshAsync<TMessage>(
        NpgsqlDataReader rows,
        IReadOnlyList<Delivered<TMessage>> messages,
        CancellationToken cancel
    )
        where TMessage : IMessage
    {
        var taken = (await rows.ListAsync(row => (row.GetString(0), row.GetInt64(1)), cancel)).ToHashSet();
        return [.. messages.Where(message => taken.Contains((message.Sender, message.Id)))];
    }
}
