using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace Shop.Tests.Architecture;

/// <summary>
/// What compiled code mentions: in the signatures of its members and in the bodies of its methods. Enum literals and
/// constants leave no trace: the compiler copies their values.
/// </summary>
internal static class References
{
    private const BindingFlags All =
        BindingFlags.DeclaredOnly
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic;

    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly ConcurrentDictionary<Type, HashSet<Type>> _types = new();
    private static readonly ConcurrentDictionary<Type, HashSet<MemberInfo>> _members = new();

    /// <summary>Every type that a type mentions; generic ones as their definition. Lambdas and nested types count.</summary>
    public static IReadOnlySet<Type> Types(Type type) => _types.GetOrAdd(type, FindTypes);

    /// <summary>Every method, field and type that the bodies of a type's methods use.</summary>
    public static IReadOnlySet<MemberInfo> Members(Type type) => _members.GetOrAdd(type, FindMembers);

    private static HashSet<Type> FindTypes(Type type)
    {
        var found = new HashSet<Type>();
        Add(type.BaseType);
        Array.ForEach(type.GetInterfaces(), Add);
        Array.ForEach(type.GetFields(All), field => Add(field.FieldType));
        foreach (var method in Methods(type))
        {
            Add((method as MethodInfo)?.ReturnType);
            Array.ForEach(method.GetParameters(), parameter => Add(parameter.ParameterType));
            Array.ForEach(method.GetMethodBody()?.LocalVariables.ToArray() ?? [], v => Add(v.LocalType));
            foreach (var member in Body(method))
            {
                Add(member as Type ?? member.DeclaringType);
                Array.ForEach((member as MethodInfo)?.GetGenericArguments() ?? [], Add);
            }
        }

        found.UnionWith(type.GetNestedTypes(All).SelectMany(Types));
        return found;

        void Add(Type? used)
        {
            for (; used is { HasElementType: true }; used = used.GetElementType()) { }

            if (used is null || used.IsGenericParameter)
            {
                return;
            }

            found.Add(used.IsGenericType ? used.GetGenericTypeDefinition() : used);
            Array.ForEach(used.GetGenericArguments(), Add);
        }
    }

    private static HashSet<MemberInfo> FindMembers(Type type) =>
        [.. Methods(type).SelectMany(Body), .. type.GetNestedTypes(All).SelectMany(Members)];

    private static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All));

    private static IEnumerable<MemberInfo> Body(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType!.IsGenericType
            ? method.DeclaringType.GetGenericArguments()
            : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length; )
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | code[at++]));
            }

            var kind = _opCodes[value].OperandType;
            if (
                kind
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                var token = BitConverter.ToInt32(code, at);
                yield return method.Module.ResolveMember(token, typeArguments, methodArguments)!;
            }

            at += Size(kind, code, at);
        }
    }

    private static int Size(OperandType kind, byte[] code, int at) =>
        kind switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
            _ => 4,
        };
}
