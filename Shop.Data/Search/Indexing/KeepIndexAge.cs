using Npgsql;

namespace Shop.Data.Search.Indexing;

/// <summary>
/// Writes down and tells how old the index is: each second over Redis, in the database only where the index has changed since. An
/// index that is filled for the first time has no age: it lacks what is older than all messages.
/// </summary>
public sealed class KeepIndexAge(Database<SearchDb> database, SearchAnnouncements announcements)
{
    private long _written = -1;

    /// <param name="asOf">
    /// When the oldest change was committed that may not be in the index, or the moment before that was looked for where there is
    /// none. Found out before this is called: the index may be newer, never older.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task RunAsync(DateTimeOffset asOf, CancellationToken cancel)
    {
        var (revision, isFilled) = await database.Primary.FindAsync(
            $"select revision, filled_to is null from search.clock",
            row => (row.GetInt64(0), row.GetBoolean(1)),
            cancel
        );
        if (!isFilled)
        {
            return;
        }

        if (revision != _written)
        {
            await database.Primary.ExecuteAsync(
                $"update search.clock set as_of = greatest(as_of, {Sql.Value(asOf)})",
                cancel
            );
            _written = revision;
        }

        await announcements.PublishAsync(new(revision, asOf));
    }
}
