using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop.Data.Storage.Positions;

/// <summary>Has a read tell its <see cref="ReadPosition"/>, where its context holds one: one statement more in the same round trip.</summary>
internal sealed class TellPosition : DbCommandInterceptor
{
    // The numbers would do without a cast for nobody: xid8 has no type in .NET.
    private const string Position = """
        select not pg_is_in_recovery(), pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint
        from pg_current_snapshot() as s;

        """;

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        if (PositionOf(eventData) is not null)
        {
            command.CommandText = Position + command.CommandText;
        }

        return ValueTask.FromResult(result);
    }

    /// <inheritdoc />
    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        if (PositionOf(eventData) is { } position)
        {
            await result.ReadAsync(cancellationToken);
            position.IsPrimary = result.GetBoolean(0);
            position.Floor = result.GetInt64(1);
            position.Ceiling = result.GetInt64(2);
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }

    private static ReadPosition? PositionOf(CommandEventData eventData) =>
        (eventData.Context as ContextDb)?.Position;
}
