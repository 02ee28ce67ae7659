using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Shop.GraphQL.Transport.Origins;

/// <summary>
/// Which pages may ask the shop from a browser. A request is judged by its browser, once it is told what the shop allows
/// (CORS); a WebSocket or an event stream, which browsers open for any page, is judged here.
/// </summary>
internal sealed class OtherOrigins(IOptions<OriginOptions> options)
{
    // The longest that a browser keeps to (Chromium's two hours).
    private static readonly TimeSpan _preflightLife = TimeSpan.FromHours(2);

    private readonly Origin[] _allowed =
    [
        .. options
            .Value.Origins.Select(text => Origin.TryParse(text, out var origin) ? origin : null)
            .OfType<Origin>(),
    ];

    /// <summary>Whether a stream may be opened: by a page of the shop's own address or of an allowed one, or by no page.</summary>
    public bool MayStream(HttpRequest request) =>
        request.Headers.Origin is not [{ } text, ..]
        || (Origin.TryParse(text, out var origin) && (IsOwn(origin, request.Host) || IsAllowed(origin)));

    /// <summary>Tells browsers what the shop allows. The shop has no cookies, so none are asked for.</summary>
    public void Describe(CorsPolicyBuilder policy) =>
        policy
            .SetIsOriginAllowed(text => Origin.TryParse(text, out var origin) && IsAllowed(origin))
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .AllowAnyHeader()
            .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate)
            .SetPreflightMaxAge(_preflightLife);

    private bool IsAllowed(Origin origin) => _allowed.Any(allowed => allowed.Covers(origin));

    // Whatever the scheme: a proxy may have taken TLS off.
    private static bool IsOwn(Origin origin, HostString host) =>
        origin.Host.Equals(host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (host.Port is not { } port || port == origin.Port);
}
