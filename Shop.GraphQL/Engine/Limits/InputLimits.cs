using System.Collections;
using System.Globalization;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>The most items a list argument or input field may have; more is refused before anything runs.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class MaxItemsAttribute(int max) : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(QueryArgument queryArgument)
    {
        queryArgument.Validator += Check;
        queryArgument.Metadata[InputLimits.MaxItems] = max;
    }

    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType)
    {
        // What is read under the names under which it is written has the same record.
        if (isInputType)
        {
            fieldType.Validator += Check;
            fieldType.Metadata[InputLimits.MaxItems] = max;
        }
    }

    private void Check(object value)
    {
        if (value is ICollection { Count: var count } && count > max)
        {
            throw new FormatException($"At most {max} items are allowed; there are {count}.");
        }
    }
}

/// <summary>The range of a whole number, both ends included; anything else is refused before anything runs.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class BetweenAttribute(int min, int max) : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(QueryArgument queryArgument) => queryArgument.Validator += Check;

    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.Validator += Check;

    private void Check(object value)
    {
        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (number < min || number > max)
        {
            throw new FormatException($"Must be between {min} and {max}; it is {number}.");
        }
    }
}

/// <summary>The most characters of a text, as UTF-16 units; more is refused before anything runs.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class MaxTextAttribute(int max) : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(QueryArgument queryArgument) => queryArgument.Validator += Check;

    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.Validator += Check;

    private void Check(object value)
    {
        if (value is string { Length: var length } && length > max)
        {
            throw new FormatException($"At most {max} characters are allowed; there are {length}.");
        }
    }
}

/// <summary>What the attributes say, on the arguments and input fields of the schema.</summary>
internal static class InputLimits
{
    internal const string MaxItems = "shop.maxItems";

    /// <summary>The most items of a list; null where none is said.</summary>
    public static int? GetMaxItems(this IProvideMetadata list) =>
        list.Metadata.GetValueOrDefault(MaxItems) as int?;
}
