namespace Shop.GraphQL.Engine.Federation;

/// <summary>One way in which other subgraphs name objects of a type.</summary>
/// <param name="Field">The field that names it, such as <c>id</c> or <c>sku</c>; a text, unique in its type.</param>
/// <param name="Load">
/// Finds it on behalf of the asker: what they may not see is as absent as what never was.
/// </param>
internal sealed record EntityKey(string Field, Func<LoaderContext, string, IDataLoaderResult<Node?>> Load);
