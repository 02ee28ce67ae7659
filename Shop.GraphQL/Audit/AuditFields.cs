using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditRow = Shop.Data.Audit.AuditEntry;

namespace Shop.GraphQL.Audit;

/// <summary>From what is stored to what clients see.</summary>
internal static class AuditFields
{
    // A change is a handful of fields; nobody reads more of one.
    private const int MaxChanges = 100;

    // Read by people, in JSON that is written by somebody else.
    private static readonly JsonSerializerOptions _readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static AuditEntry Of(AuditRow row) =>
        new(
            new(row.Id),
            row.At,
            row.Action,
            new GlobalId(row.SubjectKind, $"{row.SubjectId}"),
            Changes(row.Before, row.After)
        )
        {
            ActorId = row.ActorId,
        };

    private static AuditChange[] Changes(string? before, string? after)
    {
        var (was, becomes) = (Members(before), Members(after));
        return
        [
            .. was.Concat(becomes)
                .Select(member => member.Key)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Take(MaxChanges)
                .Select(name => new AuditChange(name, Text(was, name), Text(becomes, name))),
        ];
    }

    private static JsonObject Members(string? json) =>
        json is null ? [] : JsonNode.Parse(json) as JsonObject ?? [];

    private static string? Text(JsonObject members, string name) =>
        members[name] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            var other => other.ToJsonString(_readable),
        };
}
