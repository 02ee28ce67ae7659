using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Shop.Data.Storage;

/// <summary>
/// How typed ids are stored: as the bare numbers that they are, in columns and in JSON. They are known by what they
/// implement, so a new kind is nowhere listed.
/// </summary>
internal static class RowIds
{
    private static readonly Type[] _all = [.. typeof(RowIds).Assembly.GetTypes().Where(IsRowId)];

    /// <summary>Columns of every kind of id are bigint.</summary>
    public static void AddRowIds(this ModelConfigurationBuilder model)
    {
        foreach (var id in _all)
        {
            model.Properties(id).HaveConversion(typeof(Column<>).MakeGenericType(id));
        }
    }

    private static bool IsRowId(Type type) =>
        type.IsValueType
        && type.GetInterfaces()
            .Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRowId<>));

    /// <summary>Ids in JSON: numbers.</summary>
    public sealed class JsonFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => IsRowId(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Json<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class Column<TId>() : ValueConverter<TId, long>(id => id.Value, value => Typed(value))
        where TId : struct, IRowId<TId>
    {
        // An expression tree cannot name the static member of an interface itself.
        private static TId Typed(long value) => TId.From(value);
    }

    private sealed class Json<TId> : JsonConverter<TId>
        where TId : struct, IRowId<TId>
    {
        public override TId Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => TId.From(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Value);
    }
}
