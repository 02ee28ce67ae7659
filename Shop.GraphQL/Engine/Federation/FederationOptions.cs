using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Engine.Federation;

/// <summary>How the shop stands behind a gateway; section <c>GraphQL:Federation</c>.</summary>
internal sealed class FederationOptions
{
    public const string Section = "GraphQL:Federation";

    /// <summary>
    /// Whether the schema is a Federation 2 subgraph. A shop without a gateway can do without: <c>_service</c> tells the
    /// whole schema, also where introspection is off.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// References that one <c>_entities</c> may carry. A page of 100 products with 4 SKUs each makes 400; one statement
    /// reads up to 1,000.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxRepresentations { get; init; } = 500;
}
