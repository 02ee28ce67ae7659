using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Architecture;

namespace Shop.Tests.Storage;

/// <summary>Ids of every kind, also of one that is made tomorrow, are stored as the numbers that they are.</summary>
public sealed class RowIdTests
{
    public static TheoryData<Type> Kinds => [.. Context.Data.GetTypes().Where(IsRowId)];

    public static TheoryData<Type> Databases =>
        [
            .. Context
                .Data.GetTypes()
                .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(ContextDb))),
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_id_is_a_number_in_JSON_and_comes_back_as_what_it_was(Type kind) =>
        typeof(RowIdTests)
            .GetMethod(nameof(RoundTrip), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(kind)
            .Invoke(null, null);

    [Theory]
    [MemberData(nameof(Databases))]
    public void An_id_is_a_bigint_in_every_table(Type database)
    {
        var model = ModelOf(database);
        Offences.None(
            from entity in model.GetEntityTypes()
            where IsRowId(entity.ClrType)
            select $"{entity.Name} is a table of its own"
        );
        Offences.None(
            from entity in model.GetEntityTypes()
            from member in entity
                .ClrType.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(member => IsRowId(Unwrapped(member.PropertyType)))
            let column = entity.FindProperty(member.Name)
            where column?.GetTypeMapping().Converter?.ProviderClrType != typeof(long)
            select $"{entity.Name}.{member.Name} is {column?.GetColumnType() ?? "no column"}"
        );
    }

    private static IModel ModelOf(Type database)
    {
        var factory = Context
            .Data.GetTypes()
            .Single(type => type.BaseType == typeof(DesignTime<>).MakeGenericType(database));
        using var db = (
            (IDesignTimeDbContextFactory<DbContext>)Activator.CreateInstance(factory, nonPublic: true)!
        ).CreateDbContext([]);
        return db.Model;
    }

    private static void RoundTrip<TId>()
        where TId : struct, IRowId<TId>
    {
        var id = TId.From(1L << 62);

        Assert.Equal("4611686018427387904", StoredJson.Write(id));
        Assert.Equal(id, StoredJson.Read<TId>(StoredJson.Write(id)));
        Assert.Null(StoredJson.Read<TId?[]>("[null]")[0]);
    }

    private static Type Unwrapped(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool IsRowId(Type type) =>
        type.IsValueType
        && type.GetInterfaces()
            .Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRowId<>));
}
