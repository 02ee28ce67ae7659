using GraphQL.Validation;
using GraphQLParser.AST;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// A subscription has one root field, whatever its variables say: nothing that leads to it is left out by <c>@skip</c> or
/// <c>@include</c>. Takes the place of the engine's rule, which knows neither directives nor fragments in fragments.
/// </summary>
internal sealed class OneSubscriptionRoot : ValidationRuleBase
{
    private static readonly MatchingNodeVisitor<GraphQLOperationDefinition> _visitor = new(Check);

    /// <inheritdoc />
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) =>
        new(_visitor);

    private static void Check(GraphQLOperationDefinition operation, ValidationContext context)
    {
        if (operation.Operation == OperationType.Subscription)
        {
            var roots = new Roots(context);
            roots.Look(operation.SelectionSet);
            if (roots.Names.Count > 1)
            {
                Refuse(context, operation, "A subscription must have one root field.");
            }
        }
    }

    private static void Refuse(ValidationContext context, ASTNode at, string message) =>
        context.ReportError(new ValidationError(context.Document.Source, "5.2.4.1", message, at));

    private sealed class Roots(ValidationContext context)
    {
        private readonly HashSet<GraphQLFragmentDefinition> _seen = [];

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public void Look(GraphQLSelectionSet selection)
        {
            foreach (var part in selection.Selections)
            {
                HoldCertain(part);
                switch (part)
                {
                    case GraphQLField field:
                        Add(field);
                        break;
                    case GraphQLInlineFragment inline:
                        Look(inline.SelectionSet);
                        break;
                    case GraphQLFragmentSpread spread
                        when Find(spread) is { } fragment && _seen.Add(fragment):
                        Look(fragment.SelectionSet);
                        break;
                }
            }
        }

        // Null where there is none, which another rule tells.
        private GraphQLFragmentDefinition? Find(GraphQLFragmentSpread spread) =>
            context
                .Document.Definitions.OfType<GraphQLFragmentDefinition>()
                .FirstOrDefault(fragment =>
                    fragment.FragmentName.Name.Value == spread.FragmentName.Name.Value
                );

        private void Add(GraphQLField field)
        {
            Names.Add((field.Alias?.Name ?? field.Name).StringValue);
            if (field.Name.StringValue.StartsWith("__", StringComparison.Ordinal))
            {
                Refuse(context, field, "A subscription cannot be about the schema.");
            }
        }

        private void HoldCertain(ASTNode part)
        {
            if (
                ((IHasDirectivesNode)part).Directives?.FirstOrDefault(directive =>
                    directive.Name.Value == "skip" || directive.Name.Value == "include"
                ) is
                { } choice
            )
            {
                Refuse(
                    context,
                    choice,
                    $"@{choice.Name.Value} cannot stand at the root of a subscription: whether it is watched is decided by asking."
                );
            }
        }
    }
}
