using GraphQL.Types;

namespace Shop.GraphQL.Admission;

/// <summary>What rules can name: the root fields of the schemas, and what is in their arguments.</summary>
internal sealed class RootArguments(
    [FromKeyedServices(Audience.Shoppers)] ShopSchema shoppers,
    [FromKeyedServices(Audience.Staff)] ShopSchema staff
)
{
    /// <summary>Whether a schema has a root field of this name.</summary>
    public bool Has(string operation) => Find(operation) is not null;

    /// <summary>Whether it has something at this place of its arguments, such as <c>input.lines.variant.sku</c>.</summary>
    public bool Has(string operation, string path)
    {
        var names = path.Split('.');
        var type = Find(operation)?.Arguments?.Find(names[0])?.ResolvedType?.GetNamedType();
        foreach (var name in names.Skip(1))
        {
            type = (type as IInputObjectGraphType)?.GetField(name)?.ResolvedType?.GetNamedType();
        }

        return type is not null;
    }

    private FieldType? Find(string operation) =>
        new[] { shoppers, staff }
            .SelectMany(schema => new[] { schema.Query, schema.Mutation, schema.Subscription })
            .Select(root => root?.GetField(operation))
            .FirstOrDefault(field => field is not null);
}
