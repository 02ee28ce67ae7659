using Npgsql;

namespace Shop.Data.Storage;

/// <summary>A standby that is connected to a primary, as the primary sees it.</summary>
/// <param name="Primary">The server it follows: host and port.</param>
/// <param name="Name">What it calls itself (<c>cluster_name</c>, or <c>application_name</c> of its connection).</param>
/// <param name="Address">Where it connects from; null over a socket of the same machine.</param>
/// <param name="State"><c>streaming</c>, <c>catchup</c>, <c>startup</c>, <c>backup</c>; null where PostgreSQL does not tell us.</param>
/// <param name="LagBytes">Bytes of the write-ahead log that it does not show yet; null where unknown.</param>
/// <param name="Lag">How far behind what it shows is; null where unknown.</param>
public sealed record ReplicaState(
    string Primary,
    string Name,
    string? Address,
    string? State,
    long? LagBytes,
    TimeSpan? Lag
);

/// <summary>The standbys of every database that this process uses.</summary>
public sealed class Replicas
{
    private readonly DataSources _databases;

    internal Replicas(DataSources databases) => _databases = databases;

    /// <summary>
    /// Asks each primary once, all at the same time. A standby that is down is not among them: a primary knows only those
    /// that are connected. Without <c>pg_monitor</c> a role sees that there are standbys, and nothing of how they are.
    /// </summary>
    /// <exception cref="NpgsqlException">A primary does not answer.</exception>
    public async Task<IReadOnlyList<ReplicaState>> ReadAsync(CancellationToken cancel)
    {
        var servers = await Task.WhenAll(_databases.Primaries.Select(primary => ReadAsync(primary, cancel)));
        // Contexts with connection strings of their own may still live on one server.
        return
        [
            .. servers
                .DistinctBy(server => server.System)
                .SelectMany(server => server.Replicas)
                .OrderBy(replica => replica.Primary, StringComparer.Ordinal)
                .ThenBy(replica => replica.Name, StringComparer.Ordinal),
        ];
    }

    private static async Task<(long System, List<ReplicaState> Replicas)> ReadAsync(
        NpgsqlDataSource primary,
        CancellationToken cancel
    )
    {
        await using var connection = await primary.OpenConnectionAsync(cancel);
        // One that has shown all there is has no lag in time either; PostgreSQL then says null.
        var rows = await connection.ListAsync(
            $"""
            select server.system_identifier, standby.name, standby.address, standby.state, standby.bytes,
                   case when standby.bytes = 0 then interval '0' else standby.lag end
            from pg_control_system() as server
            left join (
                select coalesce(application_name, '') as name, host(client_addr) as address, state,
                       greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint as bytes,
                       replay_lag as lag
                from pg_stat_replication order by pid limit 100) as standby on true
            """,
            row =>
                (
                    System: row.GetInt64(0),
                    Replica: row.GetValue(1) is not string name
                        ? null
                        : new ReplicaState(
                            $"{connection.Host}:{connection.Port}",
                            name,
                            row.GetValue(2) as string,
                            row.GetValue(3) as string,
                            row.GetFieldValue<long?>(4),
                            row.GetFieldValue<TimeSpan?>(5)
                        )
                ),
            cancel
        );
        return (rows[0].System, [.. rows.Select(row => row.Replica).OfType<ReplicaState>()]);
    }
}
