using System.Collections;
using System.Globalization;
using GraphQLParser.AST;

namespace Shop.GraphQL.Admission;

/// <summary>
/// A place in the arguments of a field, such as <c>input.lines.variant.sku</c>. What stands there is found in the text of the document as in
/// its variables: a client gives a variable whatever name it likes, or has none.
/// </summary>
internal sealed class ArgumentPath(string path)
{
    private readonly string[] _names = path.Split('.');

    /// <summary>Each value that stands there: of an object each that is in it, of a list all.</summary>
    /// <param name="field">Of a valid document.</param>
    /// <param name="operation">Whose variables it uses.</param>
    /// <param name="variables">As the client sent them.</param>
    public IEnumerable<string> ValuesOf(
        GraphQLField field,
        GraphQLOperationDefinition operation,
        Inputs variables
    ) =>
        field.Arguments?.FirstOrDefault(argument => argument.Name.Value == _names[0]) is { } argument
            ? Written(argument.Value, 1, operation, variables)
            : [];

    private IEnumerable<string> Written(
        GraphQLValue value,
        int depth,
        GraphQLOperationDefinition operation,
        Inputs variables
    ) =>
        value switch
        {
            GraphQLVariable variable when variables.TryGetValue(variable.Name.StringValue, out var sent) =>
                Sent(sent, depth),
            GraphQLVariable variable => operation
                .Variables?.FirstOrDefault(each => each.Variable.Name.Value == variable.Name.Value)
                ?.DefaultValue
                is { } standing
                ? Written(standing, depth, operation, variables)
                : [],
            GraphQLListValue list => (list.Values ?? []).SelectMany(each =>
                Written(each, depth, operation, variables)
            ),
            GraphQLObjectValue members => (members.Fields ?? [])
                .Where(member => depth >= _names.Length || member.Name.Value == _names[depth])
                .SelectMany(member => Written(member.Value, depth + 1, operation, variables)),
            IHasValueNode scalar when depth >= _names.Length && value is not GraphQLNullValue =>
            [
                scalar.Value.ToString(),
            ],
            _ => [],
        };

    private IEnumerable<string> Sent(object? value, int depth) =>
        value switch
        {
            IReadOnlyDictionary<string, object?> members => members
                .Where(member => depth >= _names.Length || member.Key == _names[depth])
                .SelectMany(member => Sent(member.Value, depth + 1)),
            IEnumerable list and not string => list.Cast<object?>().SelectMany(each => Sent(each, depth)),
            bool flag when depth >= _names.Length => [flag ? "true" : "false"],
            { } scalar when depth >= _names.Length =>
            [
                Convert.ToString(scalar, CultureInfo.InvariantCulture)!,
            ],
            _ => [],
        };
}
