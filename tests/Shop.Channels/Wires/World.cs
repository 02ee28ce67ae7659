using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Notices;

namespace Shop.Channels.Wires;

/// <summary>What the wires share.</summary>
/// <param name="Clock">Tells the time.</param>
/// <param name="Keys">Where key files lie that a shop's settings name.</param>
/// <param name="Trades">The channels' own books.</param>
/// <param name="Misbehaviour">What goes wrong.</param>
/// <param name="Notices">Goes to the shop.</param>
public sealed record World(
    TimeProvider Clock,
    KeyFolder Keys,
    TradeBook Trades,
    Misbehaviour Misbehaviour,
    NoticePost Notices
)
{
    /// <summary>Where the simulator is reached; known once it listens.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1/");

    /// <summary>Where the shop is reached, for a channel whose notices go to one address for the whole account; null where it was not said.</summary>
    public Uri? ShopAddress { get; set; }
}
