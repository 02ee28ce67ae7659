using Npgsql;
using Shop.Data.Storage;

namespace Shop.Data.Messages;

/// <summary>A context's record of what it has taken; written in the transaction of the effect.</summary>
/// <param name="context">The receiver's schema.</param>
/// <param name="now">The moment of the transaction, one for all its rows.</param>
internal sealed class Inbox(string context, DateTimeOffset now)
{
    public DateTimeOffset Now => now;

    /// <summary>Takes messages in, and returns those that were never taken before, in the order given.</summary>
    public async Task<IReadOnlyList<Delivered<TMessage>>> TakeAsync<TMessage>(
        NpgsqlConnection connection,
        IReadOnlyList<Delivered<TMessage>> messages,
        CancellationToken cancel
    )
        where TMessage : IMessage
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into {context}.inbox (sender, message_id, taken_at)
            select m.sender, m.id, $3 from unnest($1, $2) as m(sender, id)
            order by m.sender, m.id
            on conflict do nothing
            returning sender, message_id
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(messages.Select(message => message.Sender).ToArray()));
        command.Parameters.Add(Sql.Value(messages.Select(message => message.Id).ToArray()));
        command.Parameters.Add(Sql.Value(now));
        var taken = new HashSet<(string Sender, long Id)>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            taken.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return [.. messages.Where(message => taken.Contains((message.Sender, message.Id)))];
    }
}
