using GraphQL;
using GraphQL.Types;
using Shop.GraphQL.Engine.Access;

namespace Shop.Tests.Engine.Access;

/// <summary>A shortest way to a field of the schema, from a root, as an operation that a client could send.</summary>
/// <param name="Owner">The type that has the field.</param>
/// <param name="Field">The field.</param>
/// <param name="Before">The way to its owner; null for a field of a root.</param>
internal sealed record FieldPath(IObjectGraphType Owner, FieldType Field, FieldPath? Before)
{
    /// <summary>What the fields on this way need, its own included.</summary>
    public IEnumerable<Need> Needs =>
        (Before?.Needs ?? []).Concat(Field.Need() is { } need ? [need] : []).Distinct();

    /// <summary><c>Product.title</c>.</summary>
    public string Name => $"{Owner.Name}.{Field.Name}";

    /// <summary>One way to each field that can be reached.</summary>
    public static IReadOnlyCollection<FieldPath> All(ISchema schema)
    {
        var found = new Dictionary<string, FieldPath>(StringComparer.Ordinal);
        var next = new Queue<(IObjectGraphType Type, FieldPath? Before)>();
        foreach (var root in new[] { schema.Query, schema.Mutation, schema.Subscription })
        {
            next.Enqueue((root!, null));
        }

        while (next.TryDequeue(out var from))
        {
            foreach (var field in from.Type.Fields)
            {
                var path = new FieldPath(from.Type, field, from.Before);
                if (found.TryAdd(path.Name, path))
                {
                    foreach (var type in Objects(field.ResolvedType!.GetNamedType()))
                    {
                        next.Enqueue((type, path));
                    }
                }
            }
        }

        return found.Values;
    }

    /// <summary>The operation; its arguments are variables without values.</summary>
    public string Operation(ISchema schema)
    {
        var steps = new Stack<FieldPath>();
        for (var step = this; step is not null; step = step.Before)
        {
            steps.Push(step);
        }

        var root = steps.Peek().Owner;
        var kind =
            root == schema.Mutation ? "mutation"
            : root == schema.Subscription ? "subscription"
            : "query";
        var (variables, selection, ends) = (new List<string>(), "", "");
        foreach (var step in steps)
        {
            var arguments = new List<string>();
            foreach (
                var argument in step.Field.Arguments?.Where(each => each.ResolvedType is NonNullGraphType)
                    ?? []
            )
            {
                var name = $"$v{variables.Count}";
                variables.Add($"{name}: {argument.ResolvedType}");
                arguments.Add($"{argument.Name}: {name}");
            }

            selection +=
                $" {{ ... on {step.Owner.Name} {{ {step.Field.Name}{(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "")}";
            ends += " } }";
        }

        if (Field.ResolvedType!.GetNamedType() is IComplexGraphType or UnionGraphType)
        {
            selection += " { __typename }";
        }

        return $"{kind}{(variables.Count > 0 ? $"({string.Join(", ", variables)})" : "")}{selection}{ends}";
    }

    private static IEnumerable<IObjectGraphType> Objects(IGraphType type) =>
        type switch
        {
            IObjectGraphType one => [one],
            IAbstractGraphType any => any.PossibleTypes,
            _ => [],
        };
}
