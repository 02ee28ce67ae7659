using System.Text.RegularExpressions;
using GraphQL.Types;
using GraphQL.Validation;

namespace Shop.GraphQL.Engine.Problems;

/// <summary>Says which values an enum has, where a client has sent one that it has not.</summary>
internal static partial class EnumHints
{
    // Currencies are too many to be told; the schema has them.
    private const int MostNamed = 20;

    /// <summary>The same result, its errors with the values that would have been right.</summary>
    public static IValidationResult In(IValidationResult result, ISchema schema) =>
        new ValidationResult(result.Errors.OfType<ValidationError>().Select(error => With(error, schema)));

    private static ValidationError With(ValidationError error, ISchema schema)
    {
        // The engine quotes the name of the type that it expected.
        var hints = Quoted()
            .Matches(error.Message)
            .Select(match => schema.AllTypes[match.Groups["type"].Value])
            .OfType<EnumerationGraphType>()
            .Distinct()
            .Where(type => type.Values.Count <= MostNamed)
            .Select(type => $" {type.Name} has {string.Join(", ", type.Values.Select(value => value.Name))}.")
            .ToList();
        if (hints.Count == 0)
        {
            return error;
        }

        var told = new ValidationError(error.Message + string.Concat(hints), error.InnerException!);
        foreach (var location in error.Locations ?? [])
        {
            told.AddLocation(location);
        }

        return told;
    }

    [GeneratedRegex("'(?<type>[A-Za-z_]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
