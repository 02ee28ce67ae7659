namespace Shop.GraphQL.Engine.Schema;

/// <summary>A field that cannot be answered now, and when to ask again: <c>extensions.retryAfter</c>.</summary>
/// <param name="message">For developers.</param>
/// <param name="cause">What happened; for the log.</param>
internal sealed class RetryLater(string message, Exception cause) : ExecutionError(message, cause)
{
    /// <summary>Whole seconds, one or more.</summary>
    public required int RetryAfter { get; init; }
}
