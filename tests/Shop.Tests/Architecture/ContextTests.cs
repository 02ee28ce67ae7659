using Microsoft.EntityFrameworkCore;

namespace Shop.Tests.Architecture;

/// <summary>Who may know whom. If one of these fails, change the code or the map, knowingly.</summary>
public sealed class ContextTests
{
    public static TheoryData<string> Names => [.. Context.All.Select(context => context.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_context_calls_its_neighbours_and_hears_the_messages_of_others(string name)
    {
        var context = Context.All.Single(context => context.Name == name);
        var strays =
            from type in Context.Types(Context.Data)
            where Context.Of(type) == name
            from used in References.Types(type)
            where Context.IsIn(Context.Data, used)
            let other = Context.Of(used)
            where other.Length > 0 && other != name && !context.Calls.Contains(other)
            where !(context.Hears.Contains(other) && Context.IsMessage(used))
            select $"{type.Name} → {used.FullName}";

        Offences.None(strays);
    }

    [Fact]
    public void Every_permission_is_used()
    {
        var used = (
            from type in Context.Types(Context.Data)
            from other in References.Types(type)
            where Context.IsIn(Context.Data, other)
            select (By: Context.Of(type), Of: Context.Of(other), IsMessage: Context.IsMessage(other))
        ).ToHashSet();
        var calls =
            from context in Context.All
            from name in context.Calls
            where !used.Any(use => use.By == context.Name && use.Of == name)
            select $"{context.Name} calls nothing of {name}";
        var hears =
            from context in Context.All
            from name in context.Hears
            where !used.Contains((context.Name, name, true))
            select $"{context.Name} hears nothing of {name}";

        Offences.None(calls.Concat(hears));
    }

    [Fact]
    public void Nobody_touches_the_rows_of_another_context()
    {
        var rows = Context.Types(Context.Data).Where(IsDatabase).SelectMany(Rows).ToHashSet();
        var strays =
            from type in Context.Types(Context.Data, Context.Jobs, Context.Graph)
            where Context.All.Any(context => context.Name == Context.Of(type))
            from used in References.Types(type)
            where rows.Contains(used) && Context.Of(used) != Context.Of(type)
            select $"{type.FullName} → {used.FullName}";

        Offences.None(strays);
    }

    private static bool IsDatabase(Type type) =>
        type is { IsAbstract: false } && type.IsAssignableTo(typeof(DbContext));

    private static IEnumerable<Type> Rows(Type database) =>
        from property in database.GetProperties()
        where property.PropertyType.IsGenericType
        where property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>)
        let row = property.PropertyType.GetGenericArguments()[0]
        // The message tables stand in every context that sends or hears.
        where Context.Of(row) == Context.Of(database)
        select row;
}
