using GraphQL.Execution;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>An answer for everybody, as it is sent; never changed.</summary>
/// <param name="bytes">The JSON document.</param>
/// <param name="result">What it says.</param>
/// <param name="freshness">How long it is good.</param>
internal sealed class PublicAnswer(byte[] bytes, ExecutionResult result, Freshness freshness)
{
    private readonly int _statusOfJson = Answer.StatusOf(result, MediaType.Json);
    private readonly int _statusOfGraphResponse = Answer.StatusOf(result, MediaType.GraphResponse);

    /// <summary>The JSON document.</summary>
    public byte[] Bytes => bytes;

    /// <summary>Whether it may be kept: it is whole. A fault is told to those who wait for it, and to no others.</summary>
    public bool IsWhole { get; } = result is { Executed: true, Errors: null or { Count: 0 } };

    /// <summary>Whether it is none for want of a store: the same may be answered in a moment.</summary>
    public bool IsMissed { get; } =
        result.Errors?.Any(error => error.Code == ErrorCode.Throttled || error is TimeoutError) ?? false;

    /// <summary>Whether it is still good.</summary>
    public bool IsFresh => freshness.Holds();

    /// <summary>How long ago it was begun.</summary>
    public TimeSpan Age => freshness.Age;

    /// <summary>The status that it is sent with.</summary>
    public int StatusIn(MediaType media) =>
        media == MediaType.GraphResponse ? _statusOfGraphResponse : _statusOfJson;
}
