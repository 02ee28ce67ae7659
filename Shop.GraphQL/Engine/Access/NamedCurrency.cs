namespace Shop.GraphQL.Engine.Access;

/// <summary>A currency that a client has named.</summary>
/// <param name="Conversion">How prices become prices of it; null for the shop's own.</param>
/// <param name="Refusal">Why the shop sells nothing in it, for a developer; null where it does.</param>
internal sealed record NamedCurrency(Conversion? Conversion, string? Refusal);

/// <summary>What is to be known of a currency that a client has named, by ISO 4217; anything else is refused.</summary>
internal delegate Task<NamedCurrency> FindCurrency(string code, CancellationToken cancel);
