using System.Collections.Frozen;

namespace Shop.GraphQL.Admission;

/// <summary>What an operation is for. When not everything can be run, what earns least goes first: a class, then those before it.</summary>
internal enum WorkClass
{
    /// <summary>Orders, and the money for them.</summary>
    Order,

    /// <summary>Carts, and who they are of.</summary>
    Cart,

    /// <summary>All that staff does, but for what can be done at night.</summary>
    Staff,

    /// <summary>All else.</summary>
    Browse,

    /// <summary>What staff can do at night.</summary>
    Import,
}

/// <summary>Tells classes by root fields: a name that a client gives is its own word.</summary>
internal static class WorkClasses
{
    private static readonly FrozenDictionary<string, WorkClass> _ofShoppers = new Dictionary<
        WorkClass,
        string[]
    >
    {
        [WorkClass.Order] =
        [
            "order",
            "orderCancel",
            "orderClaim",
            "orderPlace",
            "orderStatusChanged",
            "paymentBegin",
            "paymentCancel",
            "paymentChanged",
            "paymentCheck",
            "paymentOptions",
            "viewerOrdersChanged",
        ],
        [WorkClass.Cart] =
        [
            "addressRemove",
            "addressSave",
            "cart",
            "cartChanged",
            "cartCodeAdd",
            "cartCodeRemove",
            "cartCreate",
            "cartDestinationSet",
            "cartLinesAdd",
            "cartLinesRemove",
            "cartLinesSelect",
            "cartLinesUpdate",
            "cartMerge",
            "cartShippingSelect",
            "customerRegister",
            "passwordChange",
            "signIn",
            "signOut",
            "tokenRefresh",
            "viewer",
            "viewerUpdate",
        ],
    }
        .SelectMany(each => each.Value.Select(root => (Root: root, Class: each.Key)))
        .ToFrozenDictionary(each => each.Root, each => each.Class, StringComparer.Ordinal);

    private static readonly FrozenSet<string> _atNight = FrozenSet.Create(
        StringComparer.Ordinal,
        "catalogImport",
        "promotionCodesCreate",
        "searchRebuild"
    );

    /// <summary>All of them, the one that earns most first.</summary>
    public static IReadOnlyList<WorkClass> All { get; } = Enum.GetValues<WorkClass>();

    /// <summary>Of an operation; of several root fields the last class, so that one that is added lifts none.</summary>
    public static WorkClass Of(AskedOperation asked)
    {
        WorkClass? lowest = null;
        foreach (var root in asked.Operation.Roots)
        {
            // Clients add it to whatever they ask for.
            if (root.Name != "__typename" && Of(root.Name, asked.Audience) is var work && !(work < lowest))
            {
                lowest = work;
            }
        }

        return lowest ?? WorkClass.Browse;
    }

    /// <summary>Of a root field of a schema.</summary>
    public static WorkClass Of(string root, Audience audience) =>
        audience == Audience.Staff
            ? _atNight.Contains(root)
                ? WorkClass.Import
                : WorkClass.Staff
            : _ofShoppers.GetValueOrDefault(root, WorkClass.Browse);

    /// <summary>As a file of rules and metrics call it.</summary>
    public static string NameOf(WorkClass each) => each.ToString().ToLowerInvariant();
}
