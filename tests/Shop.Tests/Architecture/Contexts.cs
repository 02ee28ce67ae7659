using System.Reflection;
using Shop.Data.Kernel;

namespace Shop.Tests.Architecture;

/// <summary>A folder of Shop.Data, and what it may know of the others.</summary>
/// <param name="Name">Folder, namespace and, where it stores something, PostgreSQL schema.</param>
/// <param name="Calls">Contexts whose every type it may name.</param>
/// <param name="Hears">Contexts of which it may name the records in their <c>Messages</c> folder, nothing else.</param>
internal sealed record Context(string Name, string[] Calls, string[] Hears)
{
    /// <summary>The map. README.md shows the same one, row by row.</summary>
    public static IReadOnlyList<Context> All { get; } =
    [
        new("Kernel", [], []),
        new("Telemetry", [], []),
        new("Storage", ["Kernel", "Telemetry"], []),
        new("Outside", ["Telemetry", "Storage"], []),
        new("Cache", ["Kernel", "Telemetry", "Storage"], []),
        new("Messages", ["Kernel", "Storage"], []),
        new("Audit", ["Kernel", "Storage"], []),
        new("Accounts", ["Kernel", "Storage", "Audit"], []),
        new("Catalog", ["Kernel", "Storage", "Cache", "Messages", "Audit"], []),
        new("Inventory", ["Kernel", "Storage", "Messages", "Audit"], ["Catalog"]),
        new("Search", ["Kernel", "Storage", "Outside", "Messages", "Audit"], ["Catalog", "Inventory"]),
        new("Carts", ["Kernel", "Storage"], []),
        new("Channels", ["Kernel", "Storage"], []),
        new("Pricing", ["Kernel", "Storage", "Outside", "Messages", "Audit", "Channels"], []),
        new("Payments", ["Kernel", "Telemetry", "Storage", "Messages", "Audit"], []),
        new(
            "Orders",
            ["Kernel", "Telemetry", "Storage", "Messages", "Audit", "Pricing"],
            ["Inventory", "Payments"]
        ),
        new("Shipping", ["Kernel", "Storage", "Outside", "Audit", "Channels", "Pricing"], []),
        new(
            "Checkout",
            ["Kernel", "Storage", "Catalog", "Carts", "Pricing", "Shipping", "Payments", "Orders"],
            []
        ),
    ];

    /// <summary>The three projects.</summary>
    public static Assembly Data { get; } = typeof(Money).Assembly;
    public static Assembly Jobs { get; } = Assembly.Load("Shop.Jobs");
    public static Assembly Graph { get; } = Assembly.Load("Shop.GraphQL");

    /// <summary>All types of ours that somebody wrote, the nested ones inside their outermost.</summary>
    public static IEnumerable<Type> Types(params Assembly[] projects) =>
        projects
            .SelectMany(project => project.GetTypes())
            .Where(type => !type.IsNested && !type.Name.StartsWith('<'));

    /// <summary><c>Orders</c> for <c>Shop.Data.Orders.PlaceOrder</c> and <c>Shop.Jobs.Orders.AdvanceOrder</c>; else empty.</summary>
    public static string Of(Type type) => Segments(type) is [_, _, var context, ..] ? context : "";

    /// <summary>Whether other contexts may name it: <c>Shop.Data.Inventory.Messages.…</c>.</summary>
    public static bool IsMessage(Type type) => Segments(type) is ["Shop", "Data", _, "Messages", ..];

    /// <summary>Whether the type is one of a project.</summary>
    public static bool IsIn(Assembly project, Type type) => type.Assembly == project;

    private static string[] Segments(Type type) =>
        type.Namespace is { } name && name.StartsWith("Shop.", StringComparison.Ordinal)
            ? name.Split('.')
            : [];
}
