using Npgsql;

namespace Shop.Data.Storage.Faults;

/// <summary>Tells work that had other work in its way from work that is at fault.</summary>
public static class Clash
{
    /// <summary>
    /// Whether PostgreSQL ended it so that other work could go on, or so that a replica could keep up: nothing was done,
    /// and the same again goes through.
    /// </summary>
    public static bool Is(Exception fault) =>
        fault switch
        {
            PostgresException answer => answer.SqlState
                is PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.LockNotAvailable,
            _ => fault.InnerException is { } cause && Is(cause),
        };
}
