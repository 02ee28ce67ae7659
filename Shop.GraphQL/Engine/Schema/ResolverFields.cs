using System.Linq.Expressions;
using System.Reflection;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>The methods of a resolver class as fields; the class itself comes from the request's services.</summary>
internal sealed class ResolverFields<T> : AutoRegisteringObjectGraphType<T>
    where T : class
{
    /// <inheritdoc />
    protected override LambdaExpression BuildMemberInstanceExpression(MemberInfo memberInfo)
    {
        Expression<Func<IResolveFieldContext, T>> instance = context =>
            context.RequestServices!.GetRequiredService<T>();
        return instance;
    }

    /// <inheritdoc />
    protected override FieldType? CreateField(MemberInfo memberInfo) =>
        PublicFields.MarkFrom(
            memberInfo,
            PagingArguments.AddTo(FieldNeeds.MarkFrom(memberInfo, base.CreateField(memberInfo)), memberInfo)
        );

    /// <inheritdoc />
    protected override ArgumentInformation GetArgumentInformation<TParameterType>(
        FieldType fieldType,
        ParameterInfo parameterInfo
    )
    {
        // Without a source type: [FromSource] names the record that the field is added to, not this class.
        var argument = new ArgumentInformation(
            parameterInfo,
            null,
            fieldType,
            GetTypeInformation(parameterInfo)
        );
        argument.ApplyAttributes();
        return PagingArguments.Bind(argument);
    }
}

/// <summary>Makes the fields of a class that is known only at run time.</summary>
internal static class ResolverFields
{
    public static IEnumerable<FieldType> Of(Type resolvers) =>
        (
            (IObjectGraphType)Activator.CreateInstance(typeof(ResolverFields<>).MakeGenericType(resolvers))!
        ).Fields;
}
