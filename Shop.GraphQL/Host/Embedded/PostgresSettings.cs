namespace Shop.GraphQL.Host.Embedded;

/// <summary>Lines of <c>postgresql.conf</c>, and why they are so.</summary>
internal static class PostgresSettings
{
    /// <summary>For data that must outlive a power cut.</summary>
    public static IReadOnlyList<string> Durable { get; } =
    [
        "fsync = on",
        "synchronous_commit = on",
        // A pool of the shop holds up to 100 connections, and the jobs' scheduler a few more.
        "max_connections = 200",
    ];

    /// <summary>For tests: nothing here outlives the run, so nothing waits for a disk.</summary>
    public static IReadOnlyList<string> Disposable { get; } =
    [
        "fsync = off",
        "full_page_writes = off",
        // Not off: then the log leaves for the replica only every 200 ms.
        "synchronous_commit = on",
        "autovacuum = off",
        "jit = off",
        // Each class of tests brings a pool of its own.
        "max_connections = 500",
    ];

    /// <summary>The whole file for one server.</summary>
    /// <param name="sockets">The folder to listen in; nothing listens on TCP.</param>
    /// <param name="port">Tells apart the sockets of one folder.</param>
    /// <param name="durability"><see cref="Durable"/> or <see cref="Disposable"/>.</param>
    /// <param name="primaryPort">On a replica: the primary's.</param>
    public static IEnumerable<string> For(
        string sockets,
        int port,
        IReadOnlyList<string> durability,
        int? primaryPort
    )
    {
        string[] common =
        [
            "listen_addresses = ''",
            $"unix_socket_directories = {Quote(sockets)}",
            $"port = {port}",
            "shared_buffers = 128MB",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "log_line_prefix = '%m [%p] %d '",
            // Without it pg_rewind refuses to make a failed primary the new one's replica.
            "wal_log_hints = on",
            // What a replica that was away can still catch up with; past it, it is made anew.
            "wal_keep_size = 512MB",
            // A replica that lost its primary asks again after this; the default of 5 s leaves a restart stale as long.
            "wal_retrieve_retry_interval = 200ms",
            // A long read on the replica is ended rather than holding back what others see.
            "max_standby_streaming_delay = 5s",
            "hot_standby = on",
        ];
        string[] replica = primaryPort is null
            ? []
            : [$"primary_conninfo = {Quote($"host={ConnInfo(sockets)} port={primaryPort} user=postgres")}"];
        return [.. common, .. durability, .. replica];
    }

    private static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    // libpq's own quoting, inside PostgreSQL's.
    private static string ConnInfo(string value) =>
        $"'{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
