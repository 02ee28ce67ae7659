using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Data.Accounts.Tokens;

namespace Shop.GraphQL.Accounts;

/// <summary>How access tokens are read: ASP.NET Core's own scheme, which believes no key and no algorithm but the shop's.</summary>
internal sealed class BearerTokens(SigningKeys keys, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <inheritdoc />
    public void Configure(JwtBearerOptions options) => Configure(null, options);

    /// <inheritdoc />
    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.Events = new() { OnMessageReceived = LearnKeyAsync };
        options.TokenValidationParameters = new()
        {
            ValidIssuer = AccessTokens.Issuer,
            ValidAudience = AccessTokens.Issuer,
            ValidTypes = [AccessTokens.Type],
            ValidAlgorithms = [AccessTokens.Algorithm],
            NameClaimType = JwtRegisteredClaimNames.Sub,
            RoleClaimType = AccessTokens.RoleClaim,
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, id, _) =>
                id is not null && keys.Find(id) is { } key ? [key] : [],
            // By the clock that the shop is given, not by the world's; and to the second, as what it has opened ends then.
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        };
    }

    // What verifies is asked without waiting; so a key that another node has made is read before.
    private async Task LearnKeyAsync(MessageReceivedContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (
            header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && KeyOf(header[Scheme.Length..].Trim()) is { } id
        )
        {
            await keys.LearnAsync(id, context.HttpContext.RequestAborted);
        }
    }

    private static string? KeyOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Kid is { Length: > 0 } id ? id : null;
        }
        catch (ArgumentException)
        {
            // It is no JWT; the scheme will say so.
            return null;
        }
    }
}

/// <summary>Registers how customers are known.</summary>
internal static class BearerServices
{
    /// <summary>Access tokens, as the host's default credential.</summary>
    public static IServiceCollection AddBearerTokens(this IServiceCollection services)
    {
        // Piece by piece: the usual AddAuthentication also makes keys for cookies, in the home of whoever runs the shop.
        services.AddAuthenticationCore(options =>
            options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme
        );
        services.AddWebEncoders();
        services.AddSingleton<IAuthenticationConfigurationProvider, NothingToConfigure>();
        new AuthenticationBuilder(services).AddJwtBearer();
        return services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerTokens>();
    }

    // Which issuers, keys and algorithms count is not an operator's to choose.
    private sealed class NothingToConfigure : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
