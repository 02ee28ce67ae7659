using System.Text.Json;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>
/// What a client says of itself in <c>connection_init</c>: <c>{"authorization": "Bearer …"}</c>, or the same among
/// <c>headers</c>; in any case, as header names are. No other header is heard: for those of the handshake the proxies
/// in front have vouched, for these none has.
/// </summary>
internal sealed record InitPayload(string? Authorization, InitPayload.Among? Headers)
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The credential in it; null where there is none.</summary>
    /// <exception cref="JsonException">It is of another form.</exception>
    public static string? AuthorizationIn(ReadOnlySpan<byte> json) =>
        !json.IsEmpty && JsonSerializer.Deserialize<InitPayload>(json, _json) is { } payload
            ? payload.Authorization ?? payload.Headers?.Authorization
            : null;

    /// <summary>The headers that are heard.</summary>
    internal sealed record Among(string? Authorization);
}
