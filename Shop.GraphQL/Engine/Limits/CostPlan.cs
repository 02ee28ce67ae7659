using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>
/// What an operation costs: what its fields cost, times the lists they stand in. Of objects of several types the dearest
/// counts. Fields that the engine will merge count twice. Worked out once; a request asks only for what its variables change.
/// </summary>
internal sealed class CostPlan
{
    // What introspection costs whatever it selects: an IDE's takes as long as a page of a shop.
    private const int Introspection = 500;
    private const int RootField = 10;
    private const int RootMutation = 50;

    private readonly DocumentTypes _types;
    private readonly CostPart _root;

    /// <param name="operation">Of a valid document; how much it selects has been bounded (<see cref="DocumentSize"/>).</param>
    /// <param name="types">Its document.</param>
    public CostPlan(GraphQLOperationDefinition operation, DocumentTypes types)
    {
        _types = types;
        _root = Of(types.RootOf(operation), operation.SelectionSet, ListLength.Unknown);
    }

    /// <summary>The cost of a request.</summary>
    /// <param name="inputs">What it was given.</param>
    public long Of(IValidationResult inputs) => _root.Of(inputs);

    private CostPart Of(IGraphType type, GraphQLSelectionSet selection, ListLength page)
    {
        var parts = selection.Selections.Select(part => Of(type, part, page)).ToList();
        if (type is not IAbstractGraphType)
        {
            return CostPart.Sum(parts);
        }

        var byType = selection
            .Selections.Zip(parts)
            .ToLookup(each => OneTypeOf(type, each.First), each => each.Second);
        return CostPart.Sum([
            .. byType[null],
            CostPart.Max([.. byType.Where(each => each.Key is not null).Select(CostPart.Sum)]),
        ]);
    }

    private CostPart Of(IGraphType type, ASTNode part, ListLength page)
    {
        var cost = part switch
        {
            GraphQLField field => Of(type, field, page),
            GraphQLInlineFragment inline => Of(_types.TypeOf(inline, type), inline.SelectionSet, page),
            GraphQLFragmentSpread spread => Of(
                _types.TypeOf(_types.FragmentOf(spread)),
                _types.FragmentOf(spread).SelectionSet,
                page
            ),
            _ => CostPart.Nothing,
        };
        return part is IHasDirectivesNode { Directives.Count: > 0 } ? cost.Unless(part) : cost;
    }

    private CostPart Of(IGraphType parent, GraphQLField field, ListLength page)
    {
        if (DocumentTypes.DefinitionOf(parent, field) is not { } definition)
        {
            // What every type has, or every schema.
            return field.SelectionSet is null ? CostPart.Nothing : CostPart.Fixed(Introspection);
        }

        var weight = CostPart.Fixed(definition.GetWeight() ?? WeightOfRoot(parent));
        if (field.SelectionSet is null)
        {
            return weight;
        }

        var each = Of(
            DocumentTypes.TypeOf(definition),
            field.SelectionSet,
            ListLength.OfPage(definition, field)
        );
        return CostPart.Sum([
            weight,
            CostPart.Sum([CostPart.Fixed(1), each]).Times(ListLength.Of(definition, field, page)),
        ]);
    }

    private int WeightOfRoot(IGraphType parent) =>
        parent == _types.Schema.Mutation ? RootMutation
        : parent == _types.Schema.Query || parent == _types.Schema.Subscription ? RootField
        : 0;

    // The only type of object that a part is about, where the selection is about several.
    private IGraphType? OneTypeOf(IGraphType type, ASTNode part) =>
        part switch
        {
            GraphQLInlineFragment inline => _types.TypeOf(inline, type) as IObjectGraphType,
            GraphQLFragmentSpread spread => _types.TypeOf(_types.FragmentOf(spread)) as IObjectGraphType,
            _ => null,
        };
}
