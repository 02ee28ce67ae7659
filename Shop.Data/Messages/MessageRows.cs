namespace Shop.Data.Messages;

/// <summary>Messages about to be written: a row for each of their receivers.</summary>
internal sealed class MessageRows(Receivers receivers, DateTimeOffset now)
{
    private readonly List<Row> _rows = [];

    /// <summary>Whether nothing is to be written.</summary>
    public bool IsEmpty => _rows.Count == 0;

    public void Add<TMessage>(TMessage message, string? traceParent)
        where TMessage : IMessage
    {
        var hearing = receivers.Of<TMessage>();
        var payload = hearing.Count == 0 ? "" : StoredJson.Write(message);
        _rows.AddRange(
            hearing.Select(receiver => new Row(TMessage.Topic, receiver, message.Key, payload, traceParent))
        );
    }

    /// <summary>The statement that writes them, in the order they were added.</summary>
    /// <param name="context">Whose table.</param>
    /// <param name="where">Joins <c>m</c>, the messages, with what says which are written; empty for all.</param>
    public SqlText Insert(string context, string where = "")
    {
        var at = Sql.Value(now);
        return Sql.Part(
            $"""
            insert into {Sql.Raw(context)}.local_message
                (topic, receiver, key, payload, traceparent, next_attempt_at, created_at, updated_at)
            select m.topic, m.receiver, m.key, m.payload::jsonb, m.traceparent, {at}, {at}, {at}
            from unnest(
                {Sql.Column(_rows, row => row.Topic)}, {Sql.Column(_rows, row => row.Receiver)},
                {Sql.Column(_rows, row => row.Key)}, {Sql.Column(_rows, row => row.Payload)},
                {Sql.Column(_rows, row => row.TraceParent)})
                with ordinality as m(topic, receiver, key, payload, traceparent, position)
            {Sql.Raw(where)}
            order by m.position
            """
        );
    }

    private readonly record struct Row(
        string Topic,
        string Receiver,
        long Key,
        string Payload,
        string? TraceParent
    );
}
