using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Data.Storage;

/// <summary>A value that is stored as one jsonb column and never searched.</summary>
internal static class JsonColumn
{
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) =>
        property
            .HasConversion(
                value => JsonSerializer.Serialize(value, StoredJson.Options),
                text => JsonSerializer.Deserialize<T>(text, StoredJson.Options)!,
                // Rows are written by set-based SQL, never by change tracking.
                new ValueComparer<T>(
                    (left, right) => ReferenceEquals(left, right),
                    value => value!.GetHashCode()
                )
            )
            .HasColumnType("jsonb");
}
