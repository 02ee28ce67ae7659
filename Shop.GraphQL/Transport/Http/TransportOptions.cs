using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Transport.Http;

/// <summary>How requests may arrive and how long connections are borne; section <c>GraphQL:Transport</c>.</summary>
internal sealed class TransportOptions
{
    public const string Section = "GraphQL:Transport";

    /// <summary>Bytes of a request's body, or of one WebSocket message. A cart of 200 lines is 20 KB.</summary>
    [Range(1_024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Bytes of an answer, or of one event. What a request costs bounds the objects of its answer; their texts, and the names that
    /// a client gives to their fields, this does. The longest answer to the IDE has a quarter of it.
    /// </summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxAnswerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Operations of one batched request. Each runs in a scope of its own, one after the other.</summary>
    [Range(1, 100)]
    public int MaxBatch { get; init; } = 10;

    /// <summary>How long a new WebSocket may stay silent before <c>connection_init</c>; then it is closed with 4408.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Operations that one WebSocket may have open at once. A page of a shop watches a cart and an order.</summary>
    [Range(1, 10_000)]
    public int MaxOperationsPerSocket { get; init; } = 100;

    /// <summary>
    /// WebSockets and event streams that one process keeps open; one more is told to try again. Each holds a socket,
    /// its buffers and the events that wait for it.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>
    /// Of these, those of one address, which many people can share; one of this machine is not counted, as a proxy may stand
    /// there. A tenth of all, so that one client leaves places to the others.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsOfAddress { get; init; } = 1_000;

    /// <summary>
    /// Operations that the WebSockets of one address may have open together: ten for each of its connections, as an open page
    /// watches a few things. An address of this machine is not counted.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxOperationsOfAddress { get; init; } = 10_000;

    /// <summary>How long one message may take to leave; a client whose line is dead longer is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a host that is told to stop goes on answering, not ready any more, while it closes its WebSockets and event streams one after
    /// another. Ten seconds, so that a load balancer has noticed, and 500 open pages come back to the others 50 a second. 0 closes all at
    /// once.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20", ConvertValueInInvariantCulture = true)]
    public TimeSpan FarewellFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a silent stream says that it lives. Proxies cut what is silent for 30 to 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);
}
