using System.Diagnostics;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Who calls, as a transport knows them.</summary>
internal static class Callers
{
    /// <summary>Of a request.</summary>
    /// <param name="http">Its currency was found out.</param>
    /// <param name="allowed">What it may ask for.</param>
    /// <param name="trace">What the operation is a part of, where that is not the request.</param>
    public static Caller Of(HttpContext http, OperationKinds allowed, ActivityContext trace = default) =>
        new(allowed)
        {
            Address = http.Connection.RemoteIpAddress,
            Currency = AskedCurrency.Of(http),
            Trace = trace,
        };
}
