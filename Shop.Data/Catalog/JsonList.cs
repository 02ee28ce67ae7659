using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Catalog;

/// <summary>
/// A short list in one jsonb column, written and read whole. EF's own JSON mapping builds a tracked object graph with
/// hidden keys for it; a list that is never queried inside the column needs only this.
/// </summary>
internal static class JsonList
{
    // People read these columns with psql: an é stays an é. The names are those of the GraphQL fields.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = CatalogJson.Default,
    };

    /// <summary>Stores the property as jsonb.</summary>
    public static void AsJsonList<TItem>(this PropertyBuilder<IReadOnlyList<TItem>> column) =>
        column
            .HasColumnType("jsonb")
            .HasConversion(
                list => Write(list),
                text => Read<TItem>(text),
                new ValueComparer<IReadOnlyList<TItem>>(
                    (left, right) => Write(left!) == Write(right!),
                    list => Write(list).GetHashCode(StringComparison.Ordinal)
                )
            );

    /// <summary>The list as the column holds it.</summary>
    public static string Write<TItem>(IReadOnlyList<TItem> list) => JsonSerializer.Serialize(list, _json);

    private static IReadOnlyList<TItem> Read<TItem>(string text) =>
        JsonSerializer.Deserialize<IReadOnlyList<TItem>>(text, _json)!;
}

// Generated at build time: no reflection at start.
[JsonSerializable(typeof(IReadOnlyList<ProductOption>))]
[JsonSerializable(typeof(IReadOnlyList<SelectedOption>))]
internal sealed partial class CatalogJson : JsonSerializerContext;
