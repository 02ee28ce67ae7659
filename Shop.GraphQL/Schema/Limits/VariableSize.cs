using System.Collections;

namespace Shop.GraphQL.Schema.Limits;

/// <summary>How much a client puts into its variables.</summary>
internal static class VariableSize
{
    /// <summary>Values of all variables, lists and objects counted with what is in them.</summary>
    public static int Of(IReadOnlyDictionary<string, object?>? variables) =>
        variables is null ? 0 : variables.Values.Sum(Of);

    private static int Of(object? value) =>
        value switch
        {
            string => 1,
            IDictionary<string, object?> members => 1 + members.Values.Sum(Of),
            IEnumerable items => 1 + items.Cast<object?>().Sum(Of),
            _ => 1,
        };
}
