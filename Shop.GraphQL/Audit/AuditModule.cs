namespace Shop.GraphQL.Audit;

/// <summary>What the audit trail adds to the graph.</summary>
internal sealed class AuditModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph.Id<AuditEntryId>("AuditEntry").Query<AuditQueries>();
}
