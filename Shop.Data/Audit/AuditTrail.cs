using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace Shop.Data.Audit;

/// <summary>Collects what one call of a member of staff changes, and writes it in the transaction of the change.</summary>
/// <param name="actor">Who.</param>
/// <param name="action">What they do, in the words of the schema: <c>stockSet</c>.</param>
/// <param name="now">When.</param>
/// <param name="newId">Makes the entries' ids.</param>
public sealed class AuditTrail(CustomerId actor, string action, DateTimeOffset now, NewId newId)
{
    private readonly List<AuditEntry> _entries = [];

    /// <summary>Notes a change.</summary>
    /// <param name="kind">Kind of thing, in the words of the schema: <c>ProductVariant</c>.</param>
    /// <param name="subject">Which one.</param>
    /// <param name="before">What was, as far as it changes; null for something new. No secrets.</param>
    /// <param name="after">What is; null for something that goes. No secrets.</param>
    public void Note<TId>(string kind, TId subject, object? before, object? after)
        where TId : struct, IRowId<TId> =>
        _entries.Add(
            new()
            {
                Id = newId.Next(),
                At = now,
                ActorId = actor,
                Action = action,
                SubjectKind = kind,
                SubjectId = subject.Value,
                Before = before is null ? null : StoredJson.Write(before),
                After = after is null ? null : StoredJson.Write(after),
            }
        );

    /// <summary>Notes in what two states of a thing differ; nothing where they are alike.</summary>
    /// <param name="kind">Kind of thing, in the words of the schema: <c>Product</c>.</param>
    /// <param name="subject">Which one.</param>
    /// <param name="before">What was, all of it. No secrets.</param>
    /// <param name="after">What is, all of it. No secrets.</param>
    public void NoteDifference<TId>(string kind, TId subject, object before, object after)
        where TId : struct, IRowId<TId>
    {
        var (was, becomes) = (Members(before), Members(after));
        foreach (var name in was.Select(member => member.Key).ToList())
        {
            if (becomes.TryGetPropertyValue(name, out var now) && JsonNode.DeepEquals(was[name], now))
            {
                was.Remove(name);
                becomes.Remove(name);
            }
        }

        if (was.Count + becomes.Count > 0)
        {
            Note(kind, subject, was, becomes);
        }
    }

    private static JsonObject Members(object state) =>
        JsonSerializer.SerializeToNode(state, StoredJson.Options)!.AsObject();

    /// <summary>Writes them, in one statement; nothing where nothing was noted.</summary>
    /// <param name="connection">In the transaction of the change.</param>
    /// <param name="schema">The context's, such as <c>inventory</c>.</param>
    /// <param name="cancel">Ends it, and so the transaction.</param>
    public async Task WriteAsync(NpgsqlConnection connection, string schema, CancellationToken cancel)
    {
        if (_entries.Count == 0)
        {
            return;
        }

        await connection.ExecuteAsync(
            $"""
            insert into {Sql.Raw(schema)}.audit_entry
                (id, at, actor_id, action, subject_kind, subject_id, before, after)
            select id, {Sql.Value(now)}, {Sql.Value(actor.Value)}, {Sql.Value(action)}, kind, subject,
                before::jsonb, after::jsonb
            from unnest(
                {Column(entry => entry.Id)}, {Column(entry => entry.SubjectKind)},
                {Column(entry => entry.SubjectId)}, {Column(entry => entry.Before)},
                {Column(entry => entry.After)}) as e(id, kind, subject, before, after)
            """,
            cancel
        );

        NpgsqlParameter Column<T>(Func<AuditEntry, T> of) => Sql.Column(_entries, of);
    }
}
