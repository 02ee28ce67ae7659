using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.GraphQL.Transport.Ide;

/// <summary>
/// What the IDE reads at its start, from <c>bcp-config.json</c> beside its page. The names of the settings are those of
/// version 18; they differ from the ones in its documentation.
/// </summary>
internal static class IdePreset
{
    public const string Address = "bcp-config.json";

    private static readonly byte[] _forShoppers = Make("shoppers");
    private static readonly byte[] _forStaff = Make("staff");

    /// <summary>The settings, as JSON: the same but for the first document.</summary>
    public static byte[] For(Audience audience) => audience == Audience.Staff ? _forStaff : _forShoppers;

    private static byte[] Make(string whose) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                // The page's own address, so that it is right behind every proxy; WebSockets follow it.
                useBrowserUrlAsEndpoint = true,
                disableTelemetry = true,
                includeCookies = false,
                // The first document, and what it needs.
                graphQLDocument = Read($"welcome.{whose}.graphql"),
                variables = JsonNode.Parse(Read($"welcome.{whose}.json")),
            }
        );

    private static string Read(string file)
    {
        using var stream = typeof(IdePreset).Assembly.GetManifestResourceStream(
            $"{typeof(IdePreset).Namespace}.{file}"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
