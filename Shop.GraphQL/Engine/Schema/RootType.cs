using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>A root operation type: the fields of every module's resolvers. Two of one name stop the host.</summary>
internal sealed class RootType : ObjectGraphType
{
    public RootType(string name, string description, GraphModuleBuilder modules, IEnumerable<Type> resolvers)
    {
        Name = name;
        Description = description;
        foreach (var field in resolvers.SelectMany(ResolverFields.Of).Where(modules.Shows))
        {
            AddField(field);
        }
    }
}
