namespace Shop.GraphQL.Engine.Events;

/// <summary>An event of a subscription that knows what caused it.</summary>
internal abstract record TracedEvent
{
    /// <summary>W3C trace context of the cause, where that is recorded; null where it is not, or not known.</summary>
    internal string? TraceParent { get; init; }
}
