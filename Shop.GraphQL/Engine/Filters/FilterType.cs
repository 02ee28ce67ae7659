using GraphQL.Types;
using GraphQL.Validation;

namespace Shop.GraphQL.Engine.Filters;

/// <summary>
/// A filter. What is left out of it asks for nothing; null is refused, since a client whose variable is empty would
/// otherwise be answered with all rows, as if it had not asked.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FilterAttribute : Attribute;

/// <summary>The input object of a filter.</summary>
internal sealed class FilterType<TFilter> : AutoRegisteringInputObjectGraphType<TFilter>
{
    /// <inheritdoc />
    /// <exception cref="ValidationError">A part of it is null.</exception>
    public override object ParseDictionary(IDictionary<string, object?> value) =>
        value.FirstOrDefault(part => part.Value is null).Key is { } name
            ? throw new ValidationError(NullFilters.Refusal(name))
            : base.ParseDictionary(value);
}
