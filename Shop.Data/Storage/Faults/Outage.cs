using Npgsql;
using StackExchange.Redis;

namespace Shop.Data.Storage.Faults;

/// <summary>Tells a store that is away from work that is at fault.</summary>
public static class Outage
{
    /// <summary>
    /// Whether a store could take no work, which says nothing about the work: it gave no answer, or one that sends
    /// everything away. A statement that took too long is the work's own fault; a command of Redis never takes long.
    /// </summary>
    public static bool Is(Exception fault) =>
        fault switch
        {
            PostgresException answer => IsAway(answer.SqlState),
            NpgsqlException silence => silence.InnerException is not TimeoutException,
            RedisConnectionException or RedisTimeoutException => true,
            // The embedded one, of a script whose writes it cannot log.
            RedisServerException { Message: "ERR Lua encountered an error: Unexpected Lua error" } => true,
            RedisServerException answer => IsAway(answer.Kind),
            _ => fault.InnerException is { } cause && Is(cause),
        };

    private static bool IsAway(string sqlState) =>
        sqlState
            is PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.IdleSessionTimeout
                or PostgresErrorCodes.InsufficientResources
                or PostgresErrorCodes.TooManyConnections
                or PostgresErrorCodes.DiskFull
                or PostgresErrorCodes.OutOfMemory
                // The system under it fails it: a file that cannot be read or opened.
                or PostgresErrorCodes.SystemError
                or PostgresErrorCodes.IoError
                // The primary of a moment ago, after a failover.
                or PostgresErrorCodes.ReadOnlySqlTransaction;

    private static bool IsAway(RedisErrorKind kind) =>
        kind
            is RedisErrorKind.ConnectionFault
                or RedisErrorKind.Timeout
                or RedisErrorKind.Loading
                // It cannot write to its disk.
                or RedisErrorKind.Misconfigured
                or RedisErrorKind.OutOfMemory
                or RedisErrorKind.ReadOnly
                or RedisErrorKind.Busy
                or RedisErrorKind.MaxClients
                // Parts of a cluster that change places.
                or RedisErrorKind.ClusterDown
                or RedisErrorKind.MasterDown
                or RedisErrorKind.NoReplicas
                or RedisErrorKind.TryAgain;
}
