using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Synonyms;

/// <summary>The synonyms of the shop, as they were a moment ago: read again where staff has changed them. Thread-safe; one for the process.</summary>
public sealed class HeldThesaurus(Database<SearchDb> database, Stems stems)
{
    private volatile Made? _current;

    /// <summary>Reads them where they are not those of a revision that somebody has looked up; looks itself where nobody has.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away; what was there before stays.</exception>
    public Task FollowAsync(long? changedAt, CancellationToken cancel) =>
        changedAt is { } at && _current?.ChangedAt >= at ? Task.CompletedTask : FollowAsync(cancel);

    /// <summary>Looks whether they were changed, and reads them where they were.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away; what was there before stays.</exception>
    public async Task FollowAsync(CancellationToken cancel)
    {
        var known = _current?.ChangedAt ?? -1;
        var rows = await database.Primary.ListAsync(
            $"""
            select c.synonyms_at, s.words, s.is_one_way
            from search.clock c left join search.synonym s on true
            where c.synonyms_at <> {Sql.Value(known)}
            order by s.id
            """,
            row => (ChangedAt: row.GetInt64(0), Rule: row.IsDBNull(1) ? null : Read(row)),
            cancel
        );
        if (rows.Count > 0)
        {
            SameWords[] rules = [.. rows.Select(row => row.Rule).OfType<SameWords>()];
            var words = rules.SelectMany(rule => rule.Texts).SelectMany(text => text);
            _current = new(rows[0].ChangedAt, new(rules, await stems.OfAsync(words, cancel)));
        }
    }

    /// <summary>Those that are held; looks for them where none are yet.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and had to be asked.</exception>
    internal async Task<Thesaurus> ReadAsync(CancellationToken cancel)
    {
        if (_current is null)
        {
            await FollowAsync(cancel);
        }

        return _current?.Thesaurus ?? Thesaurus.Empty;
    }

    private static SameWords Read(NpgsqlDataReader row) =>
        new([.. row.GetFieldValue<string[]>(1).Select(SearchText.Of)], row.GetBoolean(2));

    private sealed record Made(long ChangedAt, Thesaurus Thesaurus);
}
