using System.Collections;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Shop.GraphQL.Schema.Paging;

namespace Shop.GraphQL.Schema.Limits;

/// <summary>
/// Counts what an operation costs with the variables it came with: what its fields cost, times the lists they stand in.
/// For objects of several types the dearest one counts. Fields that the engine will merge count twice.
/// </summary>
internal sealed class CostCount(ValidationContext asked)
{
    // Takes an IDE some milliseconds, whatever it selects: one document tells everything.
    private const int Introspection = 500;
    private const int RootField = 10;
    private const int RootMutation = 50;

    // Of a list that says nothing about itself.
    private const int AnyList = Page.MaxSize;

    // Past every limit; sums and products of it stay far from overflowing.
    private const long Endless = 1_000_000_000;

    // Each fragment once for each page size it is reached with, however often it is spread.
    private readonly Dictionary<(string Fragment, int Page), long> _fragments = [];

    private readonly Dictionary<string, GraphQLFragmentDefinition> _definitions = asked
        .Document.Definitions.OfType<GraphQLFragmentDefinition>()
        .ToDictionary(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal);

    /// <summary>Whether it costs the same with any variables.</summary>
    public bool IsFixed { get; private set; } = true;

    /// <summary>The cost of a valid operation, whose arguments are known.</summary>
    public long Of(GraphQLOperationDefinition operation) =>
        operation.Operation switch
        {
            OperationType.Query => Of(asked.Schema.Query, operation.SelectionSet, AnyList),
            OperationType.Mutation => Of(asked.Schema.Mutation!, operation.SelectionSet, AnyList),
            _ => Of(asked.Schema.Subscription!, operation.SelectionSet, AnyList),
        };

    private long Of(IGraphType type, GraphQLSelectionSet selection, int page)
    {
        var always = 0L;
        Dictionary<IGraphType, long>? ofOneType = null;
        foreach (var part in selection.Selections.Where(part => !IsSkipped(part)))
        {
            var narrowed = Narrowed(type, part);
            var cost = part switch
            {
                GraphQLField field => Of(type, field, page),
                GraphQLInlineFragment inline => Of(narrowed, inline.SelectionSet, page),
                GraphQLFragmentSpread spread => Of(spread.FragmentName.Name.StringValue, narrowed, page),
                _ => 0,
            };
            if (type is IAbstractGraphType && narrowed is IObjectGraphType)
            {
                ofOneType ??= [];
                ofOneType[narrowed] = Sum(ofOneType.GetValueOrDefault(narrowed), cost);
            }
            else
            {
                always = Sum(always, cost);
            }
        }

        return Sum(always, ofOneType?.Values.Max() ?? 0);
    }

    private long Of(string fragment, IGraphType type, int page)
    {
        if (!_fragments.TryGetValue((fragment, page), out var cost))
        {
            cost = Of(type, _definitions[fragment].SelectionSet, page);
            _fragments.Add((fragment, page), cost);
        }

        return cost;
    }

    private long Of(IGraphType parent, GraphQLField field, int page)
    {
        if ((parent as IComplexGraphType)?.GetField(field.Name) is not { } definition)
        {
            // What every type has, or every schema.
            return field.SelectionSet is null ? 0 : Introspection;
        }

        var weight = definition.GetWeight() ?? WeightOfRoot(parent);
        return field.SelectionSet is null
            ? weight
            : Sum(
                weight,
                LengthOf(definition, field, page)
                    * Sum(
                        1,
                        Of(
                            definition.ResolvedType!.GetNamedType(),
                            field.SelectionSet,
                            PageOf(definition, field)
                        )
                    )
            );
    }

    private int WeightOfRoot(IGraphType parent) =>
        parent == asked.Schema.Mutation ? RootMutation
        : parent == asked.Schema.Query || parent == asked.Schema.Subscription ? RootField
        : 0;

    private long LengthOf(FieldType definition, GraphQLField field, int page) =>
        !IsList(definition.ResolvedType!) ? 1 : definition.GetListSize(page) ?? LongestArgument(field);

    // As many answers as there are questions, such as ids.
    private long LongestArgument(GraphQLField field) =>
        field
            .Arguments?.Select(argument => Argument(field, argument))
            .OfType<ICollection>()
            .Max(list => (int?)list.Count)
        ?? AnyList;

    private int PageOf(FieldType definition, GraphQLField field) =>
        definition.Arguments?.Find("first") is null
            ? AnyList
            : Argument(field, "first") as int? ?? Argument(field, "last") as int? ?? Page.DefaultSize;

    private object? Argument(GraphQLField field, string name) =>
        field.Arguments?.FirstOrDefault(each => each.Name.Value == name) is { } argument
            ? Argument(field, argument)
            : null;

    private object? Argument(GraphQLField field, GraphQLArgument argument)
    {
        IsFixed &= argument.Value is not GraphQLVariable;
        return
            asked
                .ArgumentValues?.GetValueOrDefault(field)
                ?.TryGetValue(argument.Name.StringValue, out var found) == true
            ? found.Value
            : null;
    }

    private bool IsSkipped(ASTNode part) =>
        Condition(part, "skip") == true || Condition(part, "include") == false;

    private bool? Condition(ASTNode part, string directive)
    {
        if (
            (part as IHasDirectivesNode)?.Directives?.FirstOrDefault(each => each.Name.Value == directive)
            is not { } found
        )
        {
            return null;
        }

        IsFixed &= found.Arguments!.Items[0].Value is not GraphQLVariable;
        return asked.DirectiveValues![part][directive].GetArgument<bool>("if");
    }

    private IGraphType Narrowed(IGraphType type, ASTNode part) =>
        part switch
        {
            GraphQLInlineFragment { TypeCondition: { } condition } => TypeOf(condition),
            GraphQLFragmentSpread spread => TypeOf(
                _definitions[spread.FragmentName.Name.StringValue].TypeCondition
            ),
            _ => type,
        };

    private IGraphType TypeOf(GraphQLTypeCondition condition) =>
        asked.Schema.AllTypes[condition.Type.Name.StringValue]!;

    private static bool IsList(IGraphType type) =>
        type is ListGraphType || (type is NonNullGraphType wrapped && IsList(wrapped.ResolvedType!));

    private static long Sum(long left, long right) => Math.Min(Endless, left + right);
}
