using GraphQL.Resolvers;

namespace Shop.GraphQL.Engine.Loading;

/// <summary>A root field of a mutation: what loaders held before it wrote is forgotten before its payload is read.</summary>
internal sealed class FreshLoaders(IFieldResolver write) : IFieldResolver
{
    /// <inheritdoc />
    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        try
        {
            return await write.ResolveAsync(context);
        }
        finally
        {
            context.RequestServices!.GetRequiredService<LoaderContext>().Clear();
        }
    }
}
