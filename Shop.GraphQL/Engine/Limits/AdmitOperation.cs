using System.Net;
using System.Security.Claims;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>
/// Lets an operation in whose cost is known, before any of it is run. A shop that registers none lets in whatever fits its limits.
/// </summary>
/// <returns>Its place among those that run, to be disposed when it has been run (a subscription: when it stands); null where none is needed.</returns>
/// <exception cref="RuleRefusal">It has to wait.</exception>
internal delegate ValueTask<IDisposable?> AdmitOperation(AskedOperation asked, CancellationToken cancel);

/// <summary>An operation that would be run now.</summary>
/// <param name="Operation">What is known of it.</param>
/// <param name="Variables">As the client sent them.</param>
/// <param name="Cost">What it costs by itself.</param>
/// <param name="User">Who asks for it; null for a guest.</param>
/// <param name="Audience">Of which schema.</param>
/// <param name="Address">From where; null where the transport does not tell.</param>
internal sealed record AskedOperation(
    CheckedOperation Operation,
    Inputs Variables,
    long Cost,
    ClaimsPrincipal? User,
    Audience Audience,
    IPAddress? Address
);
