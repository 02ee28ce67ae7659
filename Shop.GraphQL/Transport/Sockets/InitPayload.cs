using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>
/// What a client says of itself in <c>connection_init</c>: <c>{"authorization": "Bearer …", "shop-currency": "EUR"}</c>, or the same
/// among <c>headers</c>; in any case, as header names are. No other header is heard: for those of the handshake the proxies
/// in front have vouched, for these none has.
/// </summary>
internal sealed record InitPayload(
    string? Authorization,
    [property: JsonPropertyName(AskedCurrency.Name)] string? Currency,
    InitPayload.Among? Headers
)
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The credential in it, and the currency; null where there is none.</summary>
    /// <exception cref="JsonException">It is of another form.</exception>
    public static Among Read(ReadOnlySpan<byte> json) =>
        !json.IsEmpty && JsonSerializer.Deserialize<InitPayload>(json, _json) is { } payload
            ? new(
                payload.Authorization ?? payload.Headers?.Authorization,
                payload.Currency ?? payload.Headers?.Currency
            )
            : new(Authorization: null, Currency: null);

    /// <summary>The headers that are heard.</summary>
    internal sealed record Among(
        string? Authorization,
        [property: JsonPropertyName(AskedCurrency.Name)] string? Currency
    );
}
