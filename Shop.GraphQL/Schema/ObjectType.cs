using System.Reflection;
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

        foreach (var (_, fields) in modules.Extensions.Where(extension => extension.Target == typeof(T)))
        {
            foreach (var field in ResolverFields.Of(fields))
            {
                AddField(field);
            }
        }
    }

    /// <inheritdoc />
    protected override FieldType? CreateField(MemberInfo memberInfo) =>
        PagingArguments.AddTo(base.CreateField(memberInfo), memberInfo);

    /// <inheritdoc />
    protected override ArgumentInformation GetArgumentInformation<TParameterType>(
        FieldType fieldType,
        ParameterInfo parameterInfo
    ) => PagingArguments.Bind(base.GetArgumentInformation<TParameterType>(fieldType, parameterInfo));
}
