using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Shop.GraphQL.Engine.Descriptions;

/// <summary>
/// What the XML docs say of our types, in one line each: in the files they break where our editor does. A file is read once; the
/// engine's own way looks through all of it for each member, which took seconds of each start.
/// </summary>
internal sealed partial class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, XmlDocs> _read = new();

    private readonly FrozenDictionary<string, string> _texts;

    private XmlDocs(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, "xml");
        var members = File.Exists(path) ? XDocument.Load(path).Descendants("member") : [];
        _texts = members
            .SelectMany(Texts)
            .Where(text => text.Value.Length > 0)
            // Fields have no overloads.
            .DistinctBy(text => text.Key)
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Of a type; null where nothing is said.</summary>
    public static string? Of(Type type) => In(type).Find($"T:{NameOf(type)}");

    /// <summary>Of a property, method or enum value.</summary>
    public static string? Of(MemberInfo member)
    {
        var kind = member switch
        {
            MethodInfo => 'M',
            FieldInfo => 'F',
            _ => 'P',
        };
        return In(member.DeclaringType!).Find($"{kind}:{NameOf(member.DeclaringType!)}.{member.Name}");
    }

    /// <summary>Of a parameter of a method.</summary>
    public static string? Of(ParameterInfo parameter)
    {
        var type = parameter.Member.DeclaringType!;
        return In(type).Find(KeyOf($"M:{NameOf(type)}.{parameter.Member.Name}", parameter.Name!));
    }

    private static XmlDocs In(Type type) =>
        _read.GetOrAdd(type.Assembly, static assembly => new XmlDocs(assembly));

    private string? Find(string key) => _texts.GetValueOrDefault(key);

    private static IEnumerable<KeyValuePair<string, string>> Texts(XElement member)
    {
        // Without its parameters and their types.
        var name = member.Attribute("name")!.Value.Split('(')[0];
        yield return new(name, OneLine(member.Element("summary")));
        foreach (var parameter in member.Elements("param"))
        {
            yield return new(KeyOf(name, parameter.Attribute("name")!.Value), OneLine(parameter));
        }
    }

    private static string KeyOf(string method, string parameter) => $"{method}/{parameter}";

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string OneLine(XElement? text) => LineBreaks().Replace(text?.Value.Trim() ?? "", " ");

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineBreaks();
}
