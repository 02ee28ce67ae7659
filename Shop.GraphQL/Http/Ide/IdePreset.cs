using System.Text.Json;

namespace Shop.GraphQL.Http.Ide;

/// <summary>What the IDE reads at its start, from <c>bcp-config.json</c> beside its page.</summary>
internal static class IdePreset
{
    public const string Address = "bcp-config.json";

    private static readonly string _welcome = ReadWelcome();

    /// <param name="endpoint">Absolute address of the endpoint, over HTTP.</param>
    public static byte[] Write(Uri endpoint)
    {
        var socket = new UriBuilder(endpoint) { Scheme = endpoint.Scheme == "https" ? "wss" : "ws" };
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                title = "Shop",
                endpoint = endpoint.AbsoluteUri,
                subscriptionEndpoint = socket.Uri.AbsoluteUri,
                useBrowserUrlAsGraphQLEndpoint = false,
                disableTelemetry = true,
                includeCookies = false,
                httpMethod = "POST",
                document = _welcome,
            }
        );
    }

    private static string ReadWelcome()
    {
        using var stream = typeof(IdePreset).Assembly.GetManifestResourceStream(
            $"{typeof(IdePreset).Namespace}.welcome.graphql"
        )!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
