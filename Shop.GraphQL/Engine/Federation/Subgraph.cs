using GraphQL.Types;

namespace Shop.GraphQL.Engine.Federation;

/// <summary>Makes a schema a subgraph of Federation 2: adds what a router asks for.</summary>
internal static class Subgraph
{
    /// <summary>Adds <c>_service</c>, and <c>_entities</c> where there is a type with a key.</summary>
    public static void AddTo(IObjectGraphType query, GraphModuleBuilder modules, FederationOptions options)
    {
        if (!options.Enabled)
        {
            return;
        }

        foreach (var field in ResolverFields.Of(typeof(SubgraphQueries)))
        {
            if (field.Arguments?.Find("representations") is { } representations)
            {
                if (modules.Keys.Count == 0)
                {
                    continue;
                }

                // With the argument, not with the document: it holds for documents that are known already.
                representations.Validator += value => Count((IReadOnlyList<Representation>)value, options);
                representations.Metadata[InputLimits.MaxItems] = options.MaxRepresentations;
            }

            query.AddField(field);
        }
    }

    /// <summary>Whether federation brings this type or field into every subgraph. No name of ours begins like that.</summary>
    public static bool Owns(string name) => name.StartsWith('_');

    private static void Count(IReadOnlyList<Representation> representations, FederationOptions options) =>
        LimitExceeded.Hold(Limit.Representations, options.MaxRepresentations, representations.Count);
}
