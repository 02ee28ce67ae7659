using Npgsql;
using StackExchange.Redis;

namespace Shop.Data.Storage;

/// <summary>Tells a store that is away from work that is at fault.</summary>
public static class Outage
{
    /// <summary>
    /// Whether a store could take no work, which says nothing about the work: it gave no answer, or one that sends
    /// everything away. A statement that took too long is the work's own fault.
    /// </summary>
    public static bool Is(Exception fault) =>
        fault switch
        {
            PostgresException answer => answer.SqlState
                is PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or PostgresErrorCodes.CannotConnectNow
                    or PostgresErrorCodes.IdleSessionTimeout
                    or PostgresErrorCodes.TooManyConnections
                    or PostgresErrorCodes.DiskFull
                    or PostgresErrorCodes.OutOfMemory
                    // The primary of a moment ago, after a failover.
                    or PostgresErrorCodes.ReadOnlySqlTransaction,
            NpgsqlException silence => silence.InnerException is not TimeoutException,
            RedisConnectionException => true,
            // The embedded one, of a script whose writes it cannot log.
            RedisServerException { Message: "ERR Lua encountered an error: Unexpected Lua error" } => true,
            RedisServerException answer => answer.Kind
                is RedisErrorKind.Loading
                    // It cannot write to its disk.
                    or RedisErrorKind.Misconfigured
                    or RedisErrorKind.OutOfMemory
                    or RedisErrorKind.ReadOnly,
            _ => fault.InnerException is { } cause && Is(cause),
        };
}
