namespace Shop.GraphQL.Engine.Loading;

/// <summary>What all loaders have in common, whatever they load.</summary>
internal abstract class SharableLoader
{
    /// <summary>Where the subscribers of this node read together; null outside of subscriptions.</summary>
    internal SharedLoads? Shared { get; set; }

    /// <summary>
    /// Whether a value depends on its key alone, never on who asks: only then subscribers may share what is read. False
    /// unless a loader says so.
    /// </summary>
    protected internal virtual bool IsSameForAll => false;
}
