using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop.Data.Storage.Preparing;

/// <summary>
/// Has PostgreSQL parse what EF Core reads more than once a single time for each connection. Npgsql's own preparing
/// (<c>MaxAutoPrepare</c>) sends values along: a statement whose values are refused at that very use counts as prepared from
/// then on, is not, and fails the next request on its connection. What is prepared alone has no values to refuse.
/// </summary>
internal sealed class PrepareRepeated : DbCommandInterceptor
{
    // Each connection keeps that many plans for a context. What a context always reads are a dozen or two.
    internal const int MaxPrepared = 50;
    private const int MaxSeen = 1_000;

    private readonly ConcurrentDictionary<string, bool> _prepared = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private int _preparedCount;
    private int _seenCount;

    /// <inheritdoc />
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        if (IsRepeated(command.CommandText))
        {
            await command.PrepareAsync(cancellationToken);
        }

        return result;
    }

    private bool IsRepeated(string sql)
    {
        if (_prepared.ContainsKey(sql))
        {
            return true;
        }

        // Filters make any number of statements: only so many are prepared, or remembered as seen.
        if (_preparedCount >= MaxPrepared || IsNew(sql))
        {
            return false;
        }

        if (_prepared.TryAdd(sql, true))
        {
            Interlocked.Increment(ref _preparedCount);
        }

        return true;
    }

    private bool IsNew(string sql)
    {
        if (!_seen.TryAdd(sql, true))
        {
            return false;
        }

        if (Interlocked.Increment(ref _seenCount) > MaxSeen)
        {
            _seen.Clear();
            _seenCount = 0;
        }

        return true;
    }
}
