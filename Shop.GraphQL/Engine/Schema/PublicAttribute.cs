using System.Reflection;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Says that something reads the same for every client. On a method: the field that it is. On a record: what the record
/// holds; its methods speak for themselves. What says nothing depends on the caller, and no answer with it is kept for
/// another one.
/// </summary>
/// <param name="announcedOn">
/// The Redis channel on which it is announced that what it reads has changed. Null where whatever leads to it says so;
/// a field of <c>Query</c> has nothing that leads to it.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class PublicAttribute(string? announcedOn = null) : Attribute
{
    /// <summary>Where its changes are announced.</summary>
    public string? AnnouncedOn => announcedOn;
}

/// <summary>The same on the fields of the schema.</summary>
internal static class PublicFields
{
    private const string Mark = "shop.public";

    /// <summary>Whether a field reads the same for every client, given that the object it belongs to does.</summary>
    public static bool IsPublic(this FieldType field) => field.Metadata.ContainsKey(Mark);

    /// <summary>The channel on which changes of a public field are announced; null where its parent's is enough.</summary>
    public static string? AnnouncedOn(this FieldType field) => field.GetMetadata<string?>(Mark);

    /// <summary>All the channels of a schema, each once.</summary>
    public static IReadOnlyCollection<string> ChannelsOf(ISchema schema) =>
        [
            .. schema
                .AllTypes.OfType<IComplexGraphType>()
                .SelectMany(type => type.Fields)
                .Select(AnnouncedOn)
                .OfType<string>()
                .Distinct(),
        ];

    /// <summary>Carries the attribute from a member to the field that is made of it.</summary>
    public static FieldType? MarkFrom(MemberInfo member, FieldType? field)
    {
        var said =
            member.GetCustomAttribute<PublicAttribute>(inherit: false)
            ?? (
                member is PropertyInfo
                    ? member.DeclaringType!.GetCustomAttribute<PublicAttribute>(inherit: false)
                    : null
            );
        if (field is not null && said is not null)
        {
            field.Metadata[Mark] = said.AnnouncedOn;
        }

        return field;
    }

    /// <summary>For types that are written by hand and add nothing to the field that leads to them.</summary>
    public static void MarkAll(IComplexGraphType type)
    {
        foreach (var field in type.Fields)
        {
            MarkOne(field);
        }
    }

    /// <summary>The same for one field.</summary>
    public static void MarkOne(FieldType field) => field.Metadata[Mark] = null;
}
