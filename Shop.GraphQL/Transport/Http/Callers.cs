using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Who calls, as a transport knows them.</summary>
internal static class Callers
{
    /// <summary>Of a request.</summary>
    /// <param name="http">Its currency was found out.</param>
    /// <param name="allowed">What it may ask for.</param>
    public static Caller Of(HttpContext http, OperationKinds allowed) =>
        new(allowed) { Address = http.Connection.RemoteIpAddress, Currency = AskedCurrency.Of(http) };
}
