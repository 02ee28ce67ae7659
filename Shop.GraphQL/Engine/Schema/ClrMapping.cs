using GraphQL.Types;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>The one rule by which C# types become graph types.</summary>
internal sealed class ClrMapping(GraphModuleBuilder modules) : IGraphTypeMappingProvider
{
    /// <inheritdoc />
    public Type? GetGraphTypeFromClrType(Type clrType, bool isInputType, Type? preferredType)
    {
        foreach (var (clr, graph) in modules.Mappings)
        {
            if (clr == clrType && (isInputType ? graph.IsInputType() : graph.IsOutputType()))
            {
                return graph;
            }
        }

        if (IdKinds.Knows(clrType))
        {
            return typeof(IdScalar);
        }

        if (clrType.IsEnum || SchemaTypes.BuiltInScalarMappings.ContainsKey(clrType))
        {
            return preferredType;
        }

        return Shape(clrType, isInputType).MakeGenericType(Subject(clrType));
    }

    private static Type Shape(Type clr, bool isInput) =>
        isInput && clr.IsDefined(typeof(FilterAttribute), inherit: false) ? typeof(FilterType<>)
        : isInput ? typeof(AutoRegisteringInputObjectGraphType<>)
        : clr.IsInterface ? typeof(AutoRegisteringInterfaceGraphType<>)
        : Is(clr, typeof(Connection<>)) ? typeof(ConnectionType<>)
        : Is(clr, typeof(Edge<>)) ? typeof(EdgeType<>)
        : typeof(ObjectType<>);

    private static Type Subject(Type clr) =>
        Is(clr, typeof(Connection<>)) || Is(clr, typeof(Edge<>)) ? clr.GetGenericArguments()[0] : clr;

    private static bool Is(Type clr, Type open) =>
        clr.IsGenericType && clr.GetGenericTypeDefinition() == open;
}
