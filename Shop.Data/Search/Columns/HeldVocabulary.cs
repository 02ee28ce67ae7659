using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Columns;

/// <summary>
/// The words of all products on sale, taken from the columns when they are asked for, and at most once a minute: titles, makers,
/// tags, values of options, categories. There are none where there are no columns. Thread-safe; one for the process.
/// </summary>
public sealed class HeldVocabulary(HeldColumns held, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _kept = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private volatile Made? _made;

    /// <summary>As they were a minute ago, or later.</summary>
    /// <param name="connection">To the index.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    internal async Task<Vocabulary> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (held.Current is not { } current)
        {
            return Vocabulary.Empty;
        }

        if (_made is { } made && IsNew(made, current))
        {
            return made.Words;
        }

        await _oneAtATime.WaitAsync(cancel);
        try
        {
            if (_made is { } other && IsNew(other, current))
            {
                return other.Words;
            }

            var titles = await connection.ListAsync(
                $"select category_id, title from search.category",
                row => (Id: new CategoryId(row.GetInt64(0)), Title: row.GetString(1)),
                cancel
            );
            var count = new WordCount(
                current.Columns.Terms,
                titles.ToDictionary(row => FacetTerm.Of(row.Id), row => row.Title)
            );
            _made = new(new(count.Of(current.Columns)), current.Columns, clock.GetUtcNow());
            return _made.Words;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _oneAtATime.Dispose();

    private bool IsNew(Made made, DatedColumns current) =>
        ReferenceEquals(made.From, current.Columns) || clock.GetUtcNow() - made.At < _kept;

    private sealed record Made(Vocabulary Words, SearchColumns From, DateTimeOffset At);
}
