using System.Collections.Concurrent;
using System.Globalization;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>
/// Which C# id stands for which GraphQL type. One table for the process: an id means the same in every schema, and
/// the engine keeps its converters statically as well.
/// </summary>
internal static class IdKinds
{
    private static readonly ConcurrentDictionary<Type, Kind> _kinds = new();

    static IdKinds() => ValueConverter.Register<GlobalId, string>(id => id.ToString());

    /// <summary>A Snowflake.</summary>
    public static void Add<TId>(string typeName)
        where TId : struct, IRowId<TId> =>
        Add<TId>(
            typeName,
            id => id.Value.ToString(CultureInfo.InvariantCulture),
            key =>
                long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    ? TId.From(value)
                    : null
        );

    /// <summary>Any other id.</summary>
    public static void Add<TId>(string typeName, Func<TId, string> write, Func<string, TId?> read)
        where TId : struct
    {
        _kinds[typeof(TId)] = new Kind<TId>(typeName, write, read);
        ValueConverter.Register<GlobalId, TId>(id => id.To<TId>());
    }

    public static bool Knows(Type clr) => _kinds.ContainsKey(clr);

    public static string NameOf<TId>() => _kinds[typeof(TId)].TypeName;

    public static GlobalId Write(object id) => _kinds[id.GetType()].Write(id);

    public static TId Read<TId>(GlobalId id)
        where TId : struct
    {
        var kind = (Kind<TId>)_kinds[typeof(TId)];
        return id.Type == kind.TypeName && kind.ReadKey(id.Key) is { } value
            ? value
            : throw new InvalidIdError(id, $"a {kind.TypeName}");
    }

    private abstract record Kind(string TypeName)
    {
        public abstract GlobalId Write(object id);
    }

    private sealed record Kind<TId>(string TypeName, Func<TId, string> WriteKey, Func<string, TId?> ReadKey)
        : Kind(TypeName)
        where TId : struct
    {
        public override GlobalId Write(object id) => new(TypeName, WriteKey((TId)id));
    }
}
