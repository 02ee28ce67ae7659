using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Marks a record as an object with a global id: it has a property <c>Id</c> of a type that a module has
/// registered as an id.
/// </summary>
internal interface Node;

/// <summary>The interface as clients see it. By hand, because each record's <c>Id</c> has a C# type of its own.</summary>
internal sealed class NodeType : InterfaceGraphType<Node>
{
    public NodeType()
    {
        Name = "Node";
        Description = "An object that can be fetched again by its id alone.";
        Field<NonNullGraphType<IdScalar>>("id").Description("Opaque and global: unique over all types.");
    }
}
