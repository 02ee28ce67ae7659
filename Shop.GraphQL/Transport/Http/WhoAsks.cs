using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Primitives;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// Finds out who asks: the one place for all transports. Without a credential it is a guest. A credential that no
/// scheme accepts is refused: a client that believes to be signed in must not order as a guest.
/// </summary>
/// <param name="schemes">The kinds of credential that the host accepts; ASP.NET Core's own.</param>
internal sealed class WhoAsks(IAuthenticationSchemeProvider schemes)
{
    // Timers do not count further; a connection does not live as long.
    private static readonly TimeSpan _farAway = TimeSpan.FromDays(40);

    private static readonly object _expiry = new();

    /// <summary>
    /// Cancelled when the credential of a request is not good any more; never for a guest. What stays open must not outlive it.
    /// </summary>
    public static CancellationTokenSource ExpiryOf(HttpContext http, TimeProvider clock)
    {
        if (http.Items[_expiry] is not DateTimeOffset expires)
        {
            return new();
        }

        var left = expires - clock.GetUtcNow();
        return new(
            left < TimeSpan.Zero ? TimeSpan.Zero
                : left > _farAway ? _farAway
                : left,
            clock
        );
    }

    /// <summary>Sets the request's user by its <c>Authorization</c>.</summary>
    /// <exception cref="UnknownCredentialException">It has one, and no scheme accepts it.</exception>
    public async Task FindOutAsync(HttpContext http)
    {
        if (StringValues.IsNullOrEmpty(http.Request.Headers.Authorization))
        {
            return;
        }

        var answer = await schemes.GetDefaultAuthenticateSchemeAsync() is null
            ? AuthenticateResult.NoResult()
            : await http.AuthenticateAsync();
        http.User =
            answer.Principal ?? throw new UnknownCredentialException(isKnown: answer.Failure is not null);
        http.Items[_expiry] = answer.Properties?.ExpiresUtc;
    }

    /// <summary>The same for a WebSocket.</summary>
    /// <param name="handshake">The request that became a WebSocket.</param>
    /// <param name="authorization">
    /// What the first message says in place of the header, which browsers cannot set; null where it says nothing.
    /// </param>
    /// <exception cref="UnknownCredentialException">There is a credential, and no scheme accepts it.</exception>
    public async Task FindOutAsync(HttpContext handshake, string? authorization)
    {
        if (authorization is null)
        {
            await FindOutAsync(handshake);
            return;
        }

        // A scheme answers once for each request, and may have been asked before the credential was here.
        await using var scope = handshake.RequestServices.CreateAsyncScope();
        var asked = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            RequestAborted = handshake.RequestAborted,
        };
        asked.Request.Scheme = handshake.Request.Scheme;
        foreach (var (name, values) in handshake.Request.Headers)
        {
            asked.Request.Headers[name] = values;
        }

        asked.Request.Headers.Authorization = authorization;
        await FindOutAsync(asked);
        handshake.User = asked.User;
        handshake.Items[_expiry] = asked.Items[_expiry];
    }
}
