namespace Shop.Tests.Architecture;

/// <summary>A folder of Shop.GraphQL, and what it may know of the others. Host, which puts them together, knows all.</summary>
/// <param name="Name">Folder and namespace; of a context the same as in Shop.Data.</param>
/// <param name="Names">Folders, here and in Shop.Data, whose types it may name beside its own.</param>
internal sealed record GraphFolder(string Name, params string[] Names)
{
    /// <summary>What all of them may name: of Shop.Data the three that all stand on.</summary>
    public static IReadOnlyList<string> Foundation { get; } = ["Kernel", "Telemetry", "Storage"];

    /// <summary>The map. README.md shows the same one, row by row.</summary>
    public static IReadOnlyList<GraphFolder> All { get; } =
    [
        new("Engine", "Cache"),
        new("Shared", "Engine"),
        new("Transport", "Engine"),
        new("Audit", "Engine"),
        new("Admission", "Engine"),
        new("Catalog", "Engine", "Transport", "Cache"),
        new("Inventory", "Engine", "Catalog"),
        new("Search", "Engine", "Catalog", "Inventory", "Operations", "Messages"),
        new("Accounts", "Engine", "Shared", "Audit", "Catalog", "Inventory"),
        new("Pricing", "Engine", "Shared", "Transport", "Catalog", "Checkout"),
        new("Shipping", "Engine", "Pricing"),
        new("Carts", "Engine", "Accounts", "Catalog", "Inventory", "Pricing", "Shipping", "Checkout"),
        new("Orders", "Engine", "Shared", "Accounts", "Carts", "Catalog", "Inventory", "Pricing", "Checkout"),
        new("Payments", "Engine", "Transport", "Carts", "Orders", "Pricing"),
        new(
            "Operations",
            "Engine",
            "Transport",
            "Admission",
            "Cache",
            "Messages",
            "Catalog",
            "Orders",
            "Accounts"
        ),
    ];

    /// <summary>What the folder names of others, here and in Shop.Data: each place once.</summary>
    public IEnumerable<(Type From, Type To)> Uses() =>
        from type in Context.Types(Context.Graph)
        where Context.Of(type) == Name
        from used in References.Types(type)
        where Context.IsIn(Context.Graph, used) || Context.IsIn(Context.Data, used)
        let other = Context.Of(used)
        where other.Length > 0 && other != Name && !Foundation.Contains(other)
        select (type, used);
}
