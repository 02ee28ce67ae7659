using Shop.Channels.Faults;

namespace Shop.Channels;

/// <summary>How channels are simulated.</summary>
/// <param name="Folder">Where key files are written that the shop's settings name.</param>
public sealed record SimulatorOptions(string Folder)
{
    /// <summary>Where it listens, on this machine alone; 0 takes a port that is free.</summary>
    public int Port { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What goes wrong that nobody scripts.</summary>
    public FaultRates Rates { get; init; } = new();

    /// <summary>By how much the channels' true pauses between tries of a notice are multiplied: 0.01 makes 15 s of them 150 ms.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Where the shop is reached, for a channel whose notices go to one address for the whole account; null where it is said later.</summary>
    public Uri? ShopAddress { get; init; }
}
