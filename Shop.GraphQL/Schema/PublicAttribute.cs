using System.Reflection;
using GraphQL.Types;

namespace Shop.GraphQL.Schema;

/// <summary>
/// Says that something reads the same for whoever asks. On a method: the field that it is. On a record: what the record
/// holds; its methods speak for themselves. What says nothing depends on the caller, and no answer with it is kept for
/// another one.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class PublicAttribute : Attribute;

/// <summary>The same on the fields of the schema.</summary>
internal static class PublicFields
{
    private const string Mark = "shop.public";

    /// <summary>Whether a field reads the same for whoever asks, given that the object it belongs to does.</summary>
    public static bool IsPublic(this FieldType field) => field.Metadata.ContainsKey(Mark);

    /// <summary>Carries the attribute from a member to the field that is made of it.</summary>
    public static FieldType? MarkFrom(MemberInfo member, FieldType? field)
    {
        var isPublic =
            member.IsDefined(typeof(PublicAttribute), inherit: false)
            || (
                member is PropertyInfo
                && member.DeclaringType!.IsDefined(typeof(PublicAttribute), inherit: false)
            );
        if (field is not null && isPublic)
        {
            field.Metadata[Mark] = true;
        }

        return field;
    }

    /// <summary>For types that are written by hand and add nothing to the field that leads to them.</summary>
    public static void MarkAll(IComplexGraphType type)
    {
        foreach (var field in type.Fields)
        {
            field.Metadata[Mark] = true;
        }
    }
}
