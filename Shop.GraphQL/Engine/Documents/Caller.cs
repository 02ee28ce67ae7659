using System.Diagnostics;
using System.Net;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>Kinds of operation, several at once.</summary>
[Flags]
internal enum OperationKinds
{
    None = 0,
    Query = 1,
    Mutation = 2,
    Subscription = 4,
    All = Query | Mutation | Subscription,
}

/// <summary>
/// What a transport says of a request, and what it is told of it: the engine hands it on to rules and resolvers. The
/// operations of a batch share one and run one after the other.
/// </summary>
internal sealed class Caller(OperationKinds allowed) : Dictionary<string, object?>
{
    private long _spent;
    private IDisposable? _place;

    /// <summary>What this transport carries.</summary>
    public OperationKinds Allowed => allowed;

    /// <summary>Where the client is; null where the transport does not tell.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>ISO 4217 code of what prices they want to see, which the shop sells in; null for its own.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether its operations have been let in before, by who runs them for several.</summary>
    public bool IsAdmitted { get; init; }

    /// <summary>The trace that the operation is said to be a part of, and believed to be; else it is that of the request.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>What is known of the operation; null until its document is known to be valid.</summary>
    public CheckedOperation? Operation { get; set; }

    /// <summary>What the operation costs; null until that is known.</summary>
    public long? Cost { get; private set; }

    /// <summary>What is known of the document; null while it is checked for the first time.</summary>
    public CheckedDocument? Document { get; set; }

    /// <summary>Another operation begins.</summary>
    /// <param name="document">What is known of its document.</param>
    public void Begin(CheckedDocument? document)
    {
        Document = document;
        Operation = null;
        Cost = null;
    }

    /// <summary>The operation has been let in.</summary>
    /// <param name="place">Its place among those that run; null where none is needed.</param>
    public void Enter(IDisposable? place) => _place = place;

    /// <summary>The operation has ended, however it did.</summary>
    public void Leave()
    {
        _place?.Dispose();
        _place = null;
    }

    /// <summary>Puts an operation's cost on the bill.</summary>
    /// <returns>What the request costs so far.</returns>
    public long Charge(long cost)
    {
        Cost = cost;
        return _spent += cost;
    }
}
