using System.Text.Json;

namespace Shop.Data.Storage;

/// <summary>How messages and jsonb columns are written: camel case, typed ids as bare numbers.</summary>
public static class StoredJson
{
    /// <summary>One instance for the process, as its cache is.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            Converters = { new RowIds.JsonFactory() },
            // jsonb has an order of its own.
            AllowOutOfOrderMetadataProperties = true,
        };

    /// <summary>The text of a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("null is no value.");
}
