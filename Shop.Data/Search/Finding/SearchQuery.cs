namespace Shop.Data.Search.Finding;

/// <summary>What is looked for.</summary>
/// <param name="Text">What the shopper typed; null where they typed nothing.</param>
/// <param name="Where">What the page is about.</param>
/// <param name="Order">In which order.</param>
public sealed record SearchQuery(string? Text, SearchCondition Where, SearchOrder Order);
