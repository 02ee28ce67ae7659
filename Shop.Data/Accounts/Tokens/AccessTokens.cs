using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Data.Accounts.Tokens;

/// <summary>Makes access tokens: JWTs that any node of the shop believes without asking a store (RFC 9068).</summary>
public sealed class AccessTokens(SigningKeys keys, IOptions<TokenOptions> options, TimeProvider clock)
{
    /// <summary>Who makes them, and for whom: the claims <c>iss</c> and <c>aud</c>.</summary>
    public const string Issuer = "shop";

    /// <summary>The one algorithm; a token that names another is none.</summary>
    public const string Algorithm = SecurityAlgorithms.EcdsaSha256;

    /// <summary>The header <c>typ</c>: no other kind of JWT can be mistaken for one.</summary>
    public const string Type = "at+jwt";

    /// <summary>The claim that names a role of staff.</summary>
    public const string RoleClaim = "role";

    /// <summary>The claim that names a group of customers.</summary>
    public const string GroupClaim = "group";

    /// <summary>The claim that says where a customer pays no tax.</summary>
    public const string TaxExemptionClaim = "tax_exemption";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Signs one.</summary>
    /// <returns>The token, and when it expires.</returns>
    internal async Task<(string Token, DateTimeOffset ExpiresAt)> IssueAsync(
        CustomerId customer,
        SessionId session,
        CustomerStanding standing,
        CancellationToken cancel
    )
    {
        var key = await keys.CurrentAsync(cancel);
        var now = clock.GetUtcNow();
        // A token counts in whole seconds.
        var expires = DateTimeOffset.FromUnixTimeSeconds(
            (now + options.Value.AccessTokenLifetime).ToUnixTimeSeconds()
        );
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Sub] = customer.Value.ToString(CultureInfo.InvariantCulture),
            [JwtRegisteredClaimNames.Sid] = session.Value.ToString(CultureInfo.InvariantCulture),
        };
        if (standing.Roles.Count > 0)
        {
            claims[RoleClaim] = standing.Roles.Select(role => role.ToString()).ToArray();
        }

        if (standing.Groups.Count > 0)
        {
            claims[GroupClaim] = standing.Groups.ToArray();
        }

        if (standing.TaxExemption is { } exemption)
        {
            claims[TaxExemptionClaim] = exemption.Text;
        }

        var token = _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                Audience = Issuer,
                IssuedAt = now.UtcDateTime,
                Expires = expires.UtcDateTime,
                TokenType = Type,
                Claims = claims,
                SigningCredentials = new(key.Key, Algorithm),
            }
        );
        return (token, expires);
    }
}
