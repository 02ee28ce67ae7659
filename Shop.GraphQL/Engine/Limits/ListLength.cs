using System.Collections;
using System.Globalization;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>How long a list is taken to be: a number, or what the variables of a request say.</summary>
internal sealed class ListLength
{
    private readonly Func<IValidationResult, int>? _of;

    private ListLength(int number) => Number = number;

    private ListLength(Func<IValidationResult, int> of) => _of = of;

    /// <summary>Of a list that says nothing about itself: as long as any may be.</summary>
    public static ListLength Unknown { get; } = new(Page.MaxSize);

    /// <summary>The number, where it is always the same.</summary>
    public int? Number { get; }

    /// <summary>How long it is with these inputs.</summary>
    public int Of(IValidationResult inputs) => _of is null ? Number!.Value : _of(inputs);

    /// <summary>Of what a field returns; one where that is no list.</summary>
    /// <param name="definition">The field.</param>
    /// <param name="field">As it is selected.</param>
    /// <param name="page">The page that the field around it is asked for.</param>
    public static ListLength Of(FieldType definition, GraphQLField field, ListLength page) =>
        !IsList(definition.ResolvedType!) ? new(1)
        : definition.IsPaged() ? page
        : definition.GetListSize() is { } items ? new(items)
        : OfQuestions(definition, field);

    /// <summary>Of the page that a field is asked for: what below it is said to be paged is as long.</summary>
    public static ListLength OfPage(FieldType definition, GraphQLField field)
    {
        if (definition.Arguments?.Find("first") is null)
        {
            return Unknown;
        }

        GraphQLValue?[] sizes = [Find(field, "first")?.Value, Find(field, "last")?.Value];
        if (!sizes.Any(size => size is GraphQLVariable))
        {
            return new(sizes.OfType<GraphQLIntValue>().Select(NumberOf).FirstOrDefault(Page.DefaultSize));
        }

        return new(inputs =>
            Value(inputs, field, "first") as int? ?? Value(inputs, field, "last") as int? ?? Page.DefaultSize
        );
    }

    // As many answers as there are questions, such as ids.
    private static ListLength OfQuestions(FieldType definition, GraphQLField field)
    {
        var list = definition.Arguments?.FirstOrDefault(argument => IsList(argument.ResolvedType!))?.Name;
        return (list is null ? null : Find(field, list)?.Value) switch
        {
            null => Unknown,
            GraphQLListValue several => new(several.Values?.Count ?? 0),
            GraphQLVariable => new(inputs => (Value(inputs, field, list!) as ICollection)?.Count ?? 1),
            _ => new(1),
        };
    }

    private static int NumberOf(GraphQLIntValue literal) =>
        int.Parse(literal.Value.Span, CultureInfo.InvariantCulture);

    private static GraphQLArgument? Find(GraphQLField field, string name) =>
        field.Arguments?.FirstOrDefault(argument => argument.Name.Value == name);

    private static object? Value(IValidationResult inputs, GraphQLField field, string name) =>
        inputs.ArgumentValues![field].TryGetValue(name, out var found) ? found.Value : null;

    private static bool IsList(IGraphType type) =>
        type is ListGraphType || (type is NonNullGraphType wrapped && IsList(wrapped.ResolvedType!));
}
