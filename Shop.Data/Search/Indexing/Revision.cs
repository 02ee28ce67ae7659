using Npgsql;

namespace Shop.Data.Search.Indexing;

/// <summary>Orders those who write to the index.</summary>
internal static class Revision
{
    /// <summary>
    /// Takes the next revision, and with it the lock of all writers until the transaction ends: revisions become visible in their
    /// order, and what is read from here on is newer than all that an earlier writer has read.
    /// </summary>
    public static Task<int> NextAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync($"update search.clock set revision = revision + 1", cancel);
}
