namespace Shop.Data.Messages;

/// <summary>Something that is now true and that another context acts on. Travels through a local message table.</summary>
public interface IMessage
{
    /// <summary>Receiver and event, such as <c>inventory.deduct</c>: the stored name, never the CLR type's.</summary>
    static abstract string Topic { get; }

    /// <summary>Messages with one key are delivered in the order they were written.</summary>
    long Key { get; }
}

/// <summary>A message on its way: what was written, and what its receiver needs to take it only once.</summary>
/// <param name="Sender">Context whose table it came from, such as <c>orders</c>.</param>
/// <param name="Id">Its number in that table; with <paramref name="Sender"/> unique for ever.</param>
/// <param name="Body">What it says.</param>
/// <param name="TraceParent">W3C trace context of the request that caused it; null where none was traced.</param>
public sealed record Delivered<TMessage>(string Sender, long Id, TMessage Body, string? TraceParent)
    where TMessage : IMessage;
