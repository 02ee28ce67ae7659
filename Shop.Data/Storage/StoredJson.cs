using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Data.Kernel;

namespace Shop.Data.Storage;

/// <summary>How messages and jsonb columns are written: camel case, typed ids as bare numbers.</summary>
public static class StoredJson
{
    /// <summary>One instance for the process, as its cache is.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            Converters =
            {
                new RowIdConverter<CategoryId>(),
                new RowIdConverter<CustomerId>(),
                new RowIdConverter<OrderId>(),
                new RowIdConverter<ProductId>(),
                new RowIdConverter<VariantId>(),
            },
        };

    /// <summary>The text of a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("null is no value.");

    private sealed class RowIdConverter<TId> : JsonConverter<TId>
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
