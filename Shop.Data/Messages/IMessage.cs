namespace Shop.Data.Messages;

/// <summary>
/// What one context tells another, through a local message table: an <see cref="IFact"/> or an <see cref="IRequest"/>. Its
/// record stands in the <c>Messages</c> folder of the context that its topic begins with.
/// </summary>
public interface IMessage
{
    /// <summary>Context and event, such as <c>inventory.stock_deducted</c>: the stored name, never the CLR type's.</summary>
    static abstract string Topic { get; }

    /// <summary>Messages with one key come to a receiver in the order they were written.</summary>
    long Key { get; }
}

/// <summary>
/// Something that is now true in the context whose it is. Any number of contexts may hear it, each by itself; where none does,
/// nothing is written. Topic: <c>teller.past_participle</c>.
/// </summary>
public interface IFact : IMessage;

/// <summary>Something that one context is to do, the one whose it is; any other may ask. Topic: <c>answerer.verb</c>.</summary>
public interface IRequest : IMessage;

/// <summary>A message on its way: what was written, and what its receiver needs to take it only once.</summary>
/// <param name="Sender">Context whose table it came from, such as <c>orders</c>.</param>
/// <param name="Id">Its number in that table, another for each receiver; with <paramref name="Sender"/> unique for ever.</param>
/// <param name="Body">What it says.</param>
/// <param name="TraceParent">W3C trace context of the request that caused it; null where none was traced.</param>
public sealed record Delivered<TMessage>(string Sender, long Id, TMessage Body, string? TraceParent)
    where TMessage : IMessage;
