using Shop.Data.Storage;

namespace Shop.GraphQL.Operations;

/// <summary>A standby of a database, as its primary sees it. Needs a database role with `pg_monitor`; without, all but its name is null.</summary>
/// <param name="Primary">The server that it follows: host and port, or the folder of its socket.</param>
/// <param name="Name">What it calls itself; `walreceiver` where it has no name of its own.</param>
/// <param name="Address">Where it connects from; null over a socket of the same machine, or where unknown.</param>
/// <param name="State">`streaming` is all well; `catchup` after an absence; `startup` or `backup` before. Null where unknown.</param>
/// <param name="LagBytes">Bytes of the write-ahead log that it does not show yet; a whole number that may outgrow `Int`. Null where unknown.</param>
/// <param name="LagSeconds">How far behind what it shows is, in seconds, by its last reply. 0 where it shows all. Null where unknown.</param>
[Staff(StaffRole.Admin)]
internal sealed record Replica(
    string Primary,
    string Name,
    string? Address,
    string? State,
    double? LagBytes,
    double? LagSeconds
)
{
    internal static Replica Of(ReplicaState state) =>
        new(state.Primary, state.Name, state.Address, state.State, state.LagBytes, state.Lag?.TotalSeconds);
}
