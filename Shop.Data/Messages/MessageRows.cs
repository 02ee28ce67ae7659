using Npgsql;
using Shop.Data.Storage;

namespace Shop.Data.Messages;

/// <summary>Messages about to be written, column by column, for <c>unnest</c>.</summary>
internal sealed class MessageRows(DateTimeOffset now)
{
    private readonly List<string> _topics = [];
    private readonly List<long> _keys = [];
    private readonly List<string> _payloads = [];
    private readonly List<string?> _traceParents = [];

    public void Add<TMessage>(TMessage message, string? traceParent)
        where TMessage : IMessage
    {
        _topics.Add(TMessage.Topic);
        _keys.Add(message.Key);
        _payloads.Add(StoredJson.Write(message));
        _traceParents.Add(traceParent);
    }

    /// <summary>The insert, for a statement that binds <see cref="Parameters"/> from <c>$first</c> on.</summary>
    public static string Insert(string context, int first) =>
        $"""
            insert into {context}.local_message
                (topic, key, payload, traceparent, next_attempt_at, created_at, updated_at)
            select m.topic, m.key, m.payload::jsonb, m.traceparent, ${first + 4}, ${first + 4}, ${first + 4}
            from unnest(${first}, ${first + 1}, ${first + 2}, ${first + 3})
                with ordinality as m(topic, key, payload, traceparent, position)
            order by m.position
            """;

    /// <summary>Five parameters, in the order that <see cref="Insert"/> wants them.</summary>
    public NpgsqlParameter[] Parameters() =>
        [
            Sql.Value(_topics.ToArray()),
            Sql.Value(_keys.ToArray()),
            Sql.Value(_payloads.ToArray()),
            Sql.Value(_traceParents.ToArray()),
            Sql.Value(now),
        ];
}
