using Shop.Data.Storage.Breakers;

namespace Shop.GraphQL.Admission.Breakers;

/// <summary>On what terms a breaker stands.</summary>
/// <param name="Breaker">Which; it outlasts the file.</param>
/// <param name="Terms">Its own, where the file says nothing of it.</param>
internal sealed record BreakerRule(Breaker Breaker, BreakerTerms Terms)
{
    /// <summary>That of a breaker, by rules of which at most one is about it.</summary>
    public static BreakerRule Of(Breaker breaker, IReadOnlyList<BreakerText> rules) =>
        new(breaker, rules.FirstOrDefault(rule => rule.Id == breaker.Id)?.Of(breaker.Own) ?? breaker.Own);
}
