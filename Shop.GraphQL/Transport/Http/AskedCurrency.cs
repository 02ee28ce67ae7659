namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// Finds out what prices a client wants to see: the one place for all transports, once for all that is in a request. Who says
/// nothing sees those of the shop's own currency.
/// </summary>
/// <param name="find">Null where prices have one currency alone.</param>
internal sealed class AskedCurrency(FindCurrency? find = null)
{
    /// <summary>The header, the parameter of a GET, and the member of <c>connection_init</c>.</summary>
    public const string Name = "Shop-Currency";

    private static readonly object _found = new();

    /// <summary>ISO 4217 code; null for the shop's own.</summary>
    public static string? Of(HttpContext http) => http.Items[_found] as string;

    /// <summary>Reads it from a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="said">What the first message of a WebSocket says in place of the header; null where it says nothing.</param>
    /// <exception cref="CurrencyRefusedException">The shop does not sell in it.</exception>
    public async Task FindOutAsync(HttpContext http, string? said = null)
    {
        var request = http.Request;
        if (said is null && request.Headers.TryGetValue(Name, out var header))
        {
            said = header.ToString();
        }
        else if (said is null && HttpMethods.IsGet(request.Method))
        {
            said = request.Query[Name];
        }

        if (string.IsNullOrEmpty(said))
        {
            return;
        }

        var named = find is null
            ? new(null, "This shop has one currency.")
            : await find(said, http.RequestAborted);
        http.Items[_found] = named.Refusal is { } refusal
            ? throw new CurrencyRefusedException(refusal)
            : named.Conversion?.To;
    }
}
