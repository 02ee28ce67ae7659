using System.Reflection;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Access;

/// <summary>What the fields of the schema need of the asker.</summary>
internal static class FieldNeeds
{
    private const string Mark = "shop.need";

    /// <summary>What a field needs; null where it is for everybody.</summary>
    public static Need? Need(this FieldType field) => field.GetMetadata<Need?>(Mark);

    /// <summary>Carries what a member says from it to the field that is made of it, and tells it in the description.</summary>
    /// <param name="member">What the field is made of.</param>
    /// <param name="field">The field.</param>
    /// <param name="of">What the type needs that the field belongs to; what the field itself says counts for more.</param>
    public static FieldType? MarkFrom(MemberInfo member, FieldType? field, Need? of = null) =>
        field is null ? null : MarkWith(field, Access.Need.Of(member) ?? of);

    /// <summary>Gives each field of a type that is written by hand what the type needs.</summary>
    public static void MarkAll(IComplexGraphType type, Need? need)
    {
        foreach (var field in type.Fields)
        {
            MarkWith(field, need);
        }
    }

    /// <summary>Gives a field what its type needs, where it needs nothing by itself.</summary>
    public static FieldType MarkWith(FieldType field, Need? need)
    {
        if (need is not null && field.Need() is null)
        {
            field.Metadata[Mark] = need;
            field.Description = $"{field.Description} {need}";
        }

        return field;
    }
}
