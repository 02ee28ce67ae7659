using System.Reflection;
using GraphQL;
using GraphQL.Types;
using Shop.GraphQL.Schema.Paging;

namespace Shop.GraphQL.Schema;

/// <summary>
/// A record as an object type: its properties and methods are fields, the interfaces it implements are interfaces,
/// and other contexts' fields follow.
/// </summary>
internal sealed class ObjectType<T> : AutoRegisteringObjectGraphType<T>
{
    public ObjectType(GraphModuleBuilder modules)
    {
        foreach (var face in typeof(T).GetInterfaces().Where(modules.Interfaces.Contains))
        {
            Interfaces.Add(typeof(GraphQLClrOutputTypeReference<>).MakeGenericType(face));
        }

        if (modules.PublicRecords.Contains(typeof(T)))
        {
            PublicFields.MarkAll(this);
        }

        foreach (var (_, fields) in modules.Extensions.Where(extension => extension.Target == typeof(T)))
        {
            foreach (var field in ResolverFields.Of(fields))
            {
                AddField(field);
            }
        }
    }

    /// <summary>
    /// What an object has; static members (<c>Of</c>, <c>None</c>) are ours, unless an attribute of the engine says what
    /// they are there for.
    /// </summary>
    protected override IEnumerable<MemberInfo> GetRegisteredMembers() =>
        base.GetRegisteredMembers()
            .Where(member => !IsStatic(member) || member.GetCustomAttributes<GraphQLAttribute>().Any());

    /// <inheritdoc />
    protected override FieldType? CreateField(MemberInfo memberInfo) =>
        PublicFields.MarkFrom(memberInfo, PagingArguments.AddTo(base.CreateField(memberInfo), memberInfo));

    /// <inheritdoc />
    protected override ArgumentInformation GetArgumentInformation<TParameterType>(
        FieldType fieldType,
        ParameterInfo parameterInfo
    ) => PagingArguments.Bind(base.GetArgumentInformation<TParameterType>(fieldType, parameterInfo));

    private static bool IsStatic(MemberInfo member) =>
        member is MethodInfo { IsStatic: true } or PropertyInfo { GetMethod.IsStatic: true };
}
