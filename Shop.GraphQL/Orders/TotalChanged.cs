namespace Shop.GraphQL.Orders;

/// <summary>What the cart costs is not what `ifTotal` says: nothing was placed. Show both, ask again.</summary>
/// <param name="Previous">What `ifTotal` says.</param>
/// <param name="Current">What it costs now.</param>
internal sealed record TotalChanged(Money Previous, Money Current) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.TotalChanged;

    /// <inheritdoc cref="Problem.Message" />
    public string Message =>
        $"It costs {Current.Amount} {Current.Currency} now, and not {Previous.Amount} {Previous.Currency}.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["ifTotal"];
}
