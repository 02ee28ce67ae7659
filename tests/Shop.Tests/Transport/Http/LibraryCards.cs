using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Tests.Transport.Http;

/// <summary>A scheme as a host may add one: <c>Bearer ada</c> is Ada's card, which may expire, one breaks the desk, one is not found as the books are away, every other bearer is a forger.</summary>
internal sealed class LibraryCards(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory log,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(
            $"{Request.Headers.Authorization}".Split(' ') switch
            {
                ["Bearer", "ada"] => AuthenticateResult.Success(new(Ada(), Scheme.Name)),
                ["Bearer", "ada-for-a-minute"] => AuthenticateResult.Success(
                    new(
                        Ada(),
                        new() { ExpiresUtc = TimeProvider.GetUtcNow() + TimeSpan.FromMinutes(1) },
                        Scheme.Name
                    )
                ),
                ["Bearer", "broken"] => throw new InvalidOperationException("the password is swordfish"),
                ["Bearer", "away"] => throw new NpgsqlException("the password is swordfish"),
                ["Bearer", ..] => AuthenticateResult.Fail("the password is swordfish"),
                _ => AuthenticateResult.NoResult(),
            }
        );

    private ClaimsPrincipal Ada() => new(new ClaimsIdentity([new(ClaimTypes.Name, "Ada")], Scheme.Name));
}
