namespace Shop.GraphQL.Carts;

/// <summary>
/// The taxes of the cart are not known, since the service that reckons them does not answer. What is shown is an estimate, and nothing can
/// be ordered until it is back.
/// </summary>
/// <param name="PollAfter">When to ask again.</param>
internal sealed record TaxUnavailable(DateTimeOffset PollAfter) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.TaxUnavailable;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "The taxes can't be told now. Try again soon.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}
