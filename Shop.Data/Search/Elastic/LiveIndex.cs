using Npgsql;

namespace Shop.Data.Search.Elastic;

/// <summary>An index that is searched, and how old it is.</summary>
internal sealed record LiveAt(string Name, IndexAge Age);

/// <summary>
/// Which index of Elasticsearch is searched, as our own tables say: so name and age are of one moment. Thread-safe; one for the
/// process.
/// </summary>
public sealed class LiveIndex(Database<SearchDb> database, ElasticLine line)
{
    private volatile LiveAt? _current;

    /// <summary>Null before it is known, and where there is none.</summary>
    internal LiveAt? Current => _current;

    /// <summary>Looks again.</summary>
    /// <returns>False where there is no Elasticsearch, and nothing to look at.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away; what was known stays.</exception>
    public async Task<bool> FollowAsync(CancellationToken cancel)
    {
        if (line.IsOn)
        {
            _current = await database.Primary.FindAsync(
                $"select name, fed_revision, fed_as_of from search.engine_index where state = 'Live'",
                row => new LiveAt(
                    row.GetString(0),
                    new(row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2))
                ),
                cancel
            );
        }

        return line.IsOn;
    }
}
