using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQLParser.Exceptions;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// A file of documents and their hashes, in the form of Apollo's manifests, which other tools read too. Read also as a
/// plain object of hashes and texts, as graphql-codegen and the Relay compiler write it.
/// </summary>
internal static class DocumentManifest
{
    private const string Format = "apollo-persisted-query-manifest";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The file for clients of these documents.</summary>
    public static string Of(IEnumerable<TrustedDocument> documents) =>
        JsonSerializer.Serialize(
            new Manifest(
                Format,
                1,
                [.. documents.Select(each => new Entry(each.Id, each.Name, each.Kind, each.Text))]
            ),
            _json
        ) + "\n";

    /// <summary>The documents of a file.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or a hash in it is not that of its text.</exception>
    public static IReadOnlyList<TrustedDocument> Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var entries =
                json.RootElement.TryGetProperty("operations", out var operations)
                && operations.ValueKind == JsonValueKind.Array
                    ? operations
                        .Deserialize<Entry?[]>(_json)!
                        .Select(entry => (Id: entry?.Id ?? "", Text: entry?.Body ?? ""))
                    : json
                        .RootElement.Deserialize<Dictionary<string, string?>>()!
                        .Select(each => (Id: each.Key, Text: each.Value ?? ""));
            return [.. entries.Select(entry => Checked(entry.Id, entry.Text))];
        }
        catch (Exception fault)
            when (fault
                    is JsonException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidOperationException
                        or GraphQLParserException
            )
        {
            throw new InvalidDataException($"{path} is no manifest of documents: {fault.Message}", fault);
        }
    }

    private static TrustedDocument Checked(string id, string text)
    {
        var document = TrustedDocument.Parse(text);
        return document.Id == DocumentName.HashOf(id)
            ? document
            : throw new InvalidDataException(
                $"{id} is not the SHA-256 of {document.Name}, which is {document.Id}. "
                    + "Let the tool that wrote it hash by SHA-256."
            );
    }

    private sealed record Manifest(string Format, int Version, IReadOnlyList<Entry> Operations);

    private sealed record Entry(string Id, string Name, string Type, string Body);
}
