using Microsoft.Extensions.Options;
using Shop.GraphQL.Transport.Origins;

namespace Shop.GraphQL.Payments;

/// <summary>Where a channel may send a customer back to: nowhere that the shop does not know, or it would lend its name to strangers.</summary>
internal sealed class ReturnAddresses(IOptions<OriginOptions> options, IHttpContextAccessor http)
{
    /// <summary>Whether an address is the shop's own, or of an origin that is let in.</summary>
    public bool Allow(Uri address) =>
        Origin.TryParse(address.GetLeftPart(UriPartial.Authority), out var origin)
        && address.UserInfo.Length == 0
        && (
            IsOwn(origin)
            || options.Value.Origins.Any(text => Origin.TryParse(text, out var known) && known.Covers(origin))
        );

    private bool IsOwn(Origin origin) =>
        http.HttpContext?.Request is { } request
        && Origin.TryParse($"{request.Scheme}://{request.Host}", out var own)
        && own == origin;
}
