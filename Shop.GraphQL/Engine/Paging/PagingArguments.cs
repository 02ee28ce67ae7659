using System.Reflection;
using GraphQL.Types;
using GraphQL.Validation;

namespace Shop.GraphQL.Engine.Paging;

/// <summary>Turns a <see cref="Page"/> parameter of a resolver into paging arguments, checked before anything runs.</summary>
internal static class PagingArguments
{
    /// <summary>Adds the arguments to a field whose method has such a parameter.</summary>
    public static FieldType? AddTo(FieldType? field, MemberInfo member)
    {
        var parameter = (member as MethodInfo)
            ?.GetParameters()
            .FirstOrDefault(each =>
                each.ParameterType == typeof(Page) || each.ParameterType == typeof(ForwardPage)
            );
        if (field is null || parameter is null)
        {
            return field;
        }

        field.Arguments ??= [];
        field.Arguments.Add(
            Count("first", "How many items, from the start or after `after`: 1 to 100, else 20.")
        );
        field.Arguments.Add(Place("after", "Only items after the one with this cursor."));
        if (parameter.ParameterType == typeof(Page))
        {
            field.Arguments.Add(
                Count("last", "How many items, from the end or before `before`: 1 to 100. Not with `first`.")
            );
            field.Arguments.Add(Place("before", "Only items before the one with this cursor. Needs `last`."));
            field.ValidateArguments = RefuseMixedDirections;
        }

        return field;
    }

    /// <summary>Fills such a parameter from the arguments; any other stays as it is.</summary>
    public static ArgumentInformation Bind(ArgumentInformation argument)
    {
        if (argument.ParameterInfo.ParameterType == typeof(Page))
        {
            argument.SetDelegate(Read);
        }
        else if (argument.ParameterInfo.ParameterType == typeof(ForwardPage))
        {
            argument.SetDelegate(ReadForward);
        }

        return argument;
    }

    private static Page Read(IResolveFieldContext context) =>
        context.GetArgument<int?>("last") is { } last
            ? new Page(last, IsBackward: true, context.GetArgument<string?>("before"))
            : ReadForward(context);

    private static ForwardPage ReadForward(IResolveFieldContext context) =>
        new(context.GetArgument<int?>("first") ?? Page.DefaultSize, context.GetArgument<string?>("after"));

    private static ValueTask RefuseMixedDirections(FieldArgumentsValidationContext context)
    {
        var forward = Has(context, "first") || Has(context, "after");
        var backward = Has(context, "last") || Has(context, "before");
        var fault =
            forward && backward
                ? "Page onwards with `first` and `after`, or back with `last` and `before`; not both."
            : Has(context, "before") && !Has(context, "last") ? "`before` needs `last`."
            : null;
        if (fault is not null)
        {
            context.ReportError(
                new ValidationError(context.ValidationContext.Document.Source, null, fault, context.FieldAst)
            );
        }

        return default;
    }

    private static bool Has(FieldArgumentsValidationContext context, string name) =>
        context.GetArgument<object?>(name) is not null;

    private static QueryArgument<IntGraphType> Count(string name, string description)
    {
        var argument = new QueryArgument<IntGraphType> { Name = name, Description = description };
        new BetweenAttribute(1, Page.MaxSize).Modify(argument);
        return argument;
    }

    private static QueryArgument<StringGraphType> Place(string name, string description) =>
        new() { Name = name, Description = description };
}
