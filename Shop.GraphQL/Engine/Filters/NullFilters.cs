using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Utilities;
using GraphQL.Validation;

namespace Shop.GraphQL.Engine.Filters;

/// <summary>Refuses null as a whole filter, in every field that takes one.</summary>
internal sealed class NullFilters : BaseSchemaNodeVisitor
{
    /// <summary>What a client is told.</summary>
    public static string Refusal(string name) =>
        $"`{name}` is null. A filter asks for a value: leave it out to ask for none.";

    /// <inheritdoc />
    public override void VisitObjectFieldArgumentDefinition(
        QueryArgument argument,
        FieldType field,
        IObjectGraphType type,
        ISchema schema
    )
    {
        if (
            argument.ResolvedType?.GetNamedType() is { } named
            && named.GetType() is { IsGenericType: true } graph
            && graph.GetGenericTypeDefinition() == typeof(FilterType<>)
        )
        {
            field.ValidateArguments += asked => Check(asked, argument.Name);
        }
    }

    private static ValueTask Check(FieldArgumentsValidationContext asked, string name)
    {
        if (
            asked.Arguments?.TryGetValue(name, out var given) == true
            && given is { Value: null, Source: not ArgumentSource.FieldDefault }
        )
        {
            asked.ReportError(
                new ValidationError(
                    asked.ValidationContext.Document.Source,
                    null,
                    Refusal(name),
                    asked.FieldAst
                )
            );
        }

        return default;
    }
}
