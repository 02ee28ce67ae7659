using System.Reflection;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// A record as an object type: its properties and methods are fields, the interfaces it implements are interfaces,
/// and other contexts' fields follow.
/// </summary>
internal sealed class ObjectType<T>(GraphModuleBuilder modules) : AutoRegisteringObjectGraphType<T>
{
    // The engine's constructor asks for the fields; an initialiser runs before it.
    private readonly GraphModuleBuilder _modules = modules;
    private readonly Need? _need = Need.Of(typeof(T));

    /// <inheritdoc />
    protected override void ConfigureGraph()
    {
        base.ConfigureGraph();
        foreach (var face in typeof(T).GetInterfaces().Where(_modules.Interfaces.Contains))
        {
            Interfaces.Add(typeof(GraphQLClrOutputTypeReference<>).MakeGenericType(face));
        }
    }

    /// <inheritdoc />
    protected override IEnumerable<FieldType> ProvideFields()
    {
        foreach (var field in base.ProvideFields())
        {
            if (_modules.PublicRecords.Contains(typeof(T)))
            {
                PublicFields.MarkOne(field);
            }

            yield return field;
        }

        foreach (var (_, fields) in _modules.Extensions.Where(extension => extension.Target == typeof(T)))
        {
            foreach (var field in ResolverFields.Of(fields).Where(_modules.Shows))
            {
                yield return FieldNeeds.MarkWith(field, _need);
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
        FieldNeeds.MarkFrom(memberInfo, base.CreateField(memberInfo), _need) is { } field
        && _modules.Shows(field)
            ? PublicFields.MarkFrom(memberInfo, PagingArguments.AddTo(field, memberInfo))
            : null;

    /// <inheritdoc />
    protected override ArgumentInformation GetArgumentInformation<TParameterType>(
        FieldType fieldType,
        ParameterInfo parameterInfo
    ) => PagingArguments.Bind(base.GetArgumentInformation<TParameterType>(fieldType, parameterInfo));

    private static bool IsStatic(MemberInfo member) =>
        member is MethodInfo { IsStatic: true } or PropertyInfo { GetMethod.IsStatic: true };
}
