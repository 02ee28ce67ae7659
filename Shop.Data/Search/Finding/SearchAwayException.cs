namespace Shop.Data.Search.Finding;

/// <summary>What searches is away, and nothing may take its place.</summary>
public sealed class SearchAwayException() : Exception("The search engine is away.")
{
    /// <summary>How long it is not asked again, at most.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}
