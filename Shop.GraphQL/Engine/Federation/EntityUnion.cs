using GraphQL.Types;

namespace Shop.GraphQL.Engine.Federation;

/// <summary>All types that have a key, as the specification of federation wants them: in one union.</summary>
internal sealed class EntityUnion : UnionGraphType
{
    public EntityUnion(GraphModuleBuilder modules)
    {
        Name = "_Entity";
        Description = "Anything that a router can ask for by a key.";
        foreach (var node in modules.NodeTypes)
        {
            Type(typeof(ObjectType<>).MakeGenericType(node));
        }
    }
}
