using GraphQL.Types;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>
/// What a field costs beside what it returns. The measure is one object: each object of an answer costs 1 and a scalar
/// nothing, so a field that reads the store once more says here how many objects that is worth. Root fields that say
/// nothing cost 10 (mutations 50).
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class CostAttribute(int weight) : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.SetWeight(weight);
}

/// <summary>
/// How many objects a list is taken to have: as many as a shop usually has where the maximum is far above that. Lists that
/// page are as long as their page, and lists that answer a list of ids as long as that.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class ListSizeAttribute(int items) : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.SetListSize(items);
}

/// <summary>That a list is as long as the page that the field around it is asked for.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class PagedAttribute : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.SetPaged();
}

/// <summary>The same on the fields of the schema.</summary>
internal static class FieldCosts
{
    private const string Weight = "shop.cost";
    private const string ListSize = "shop.listSize";
    private const string Paged = "shop.paged";

    /// <summary>Sets what the field costs beside what it returns.</summary>
    public static void SetWeight(this FieldType field, int weight) => field.Metadata[Weight] = weight;

    /// <summary>What the field costs beside what it returns; null where it does not say.</summary>
    public static int? GetWeight(this FieldType field) => field.Metadata.GetValueOrDefault(Weight) as int?;

    /// <summary>Sets how many objects its list is taken to have.</summary>
    public static void SetListSize(this FieldType field, int items) => field.Metadata[ListSize] = items;

    /// <summary>How many objects its list is taken to have; null where it does not say.</summary>
    public static int? GetListSize(this FieldType field) =>
        field.Metadata.GetValueOrDefault(ListSize) as int?;

    /// <summary>Says that its list is as long as the page that the field around it is asked for.</summary>
    public static void SetPaged(this FieldType field) => field.Metadata[Paged] = true;

    /// <summary>Whether its list is as long as the page that the field around it is asked for.</summary>
    public static bool IsPaged(this FieldType field) => field.Metadata.ContainsKey(Paged);
}
