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
    private volatile Filling? _filling;

    /// <summary>Null before it is known, and where there is none.</summary>
    internal LiveAt? Current => _current;

    /// <summary>The part of the products that is in an index which is being built, from 0 to 1; null where none is.</summary>
    public double? Done => _filling?.Done;

    /// <summary>Looks again.</summary>
    /// <returns>False where there is no Elasticsearch, and nothing to look at.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away; what was known stays.</exception>
    public async Task<bool> FollowAsync(CancellationToken cancel)
    {
        if (line.IsOn)
        {
            // One of each at the most.
            var rows = await database.Primary.ListAsync(
                $"""
                select state, name, fed_revision, fed_as_of, done, total from search.engine_index
                where state in ('Building', 'Live')
                """,
                row =>
                    (
                        IsLive: row.GetString(0) == nameof(SearchIndexState.Live),
                        At: new LiveAt(
                            row.GetString(1),
                            new(row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3))
                        ),
                        Filling: new Filling(row.GetInt32(4), row.GetInt32(5))
                    ),
                cancel
            );
            _current = rows.Where(row => row.IsLive).Select(row => row.At).SingleOrDefault();
            _filling = rows.Where(row => !row.IsLive).Select(row => row.Filling).SingleOrDefault();
        }

        return line.IsOn;
    }

    // Products may come and go while it is filled.
    private sealed record Filling(int Products, int Total)
    {
        public double Done => Total == 0 ? 0 : Math.Min(1, (double)Products / Total);
    }
}
