namespace Shop.Channels.Faults;

/// <summary>How often a channel misbehaves that nobody scripts, each from 0 to 1.</summary>
/// <param name="Seed">The same seed gives the same faults to the same sequence of calls and notices.</param>
/// <param name="NoticesDropped">Notices that never come.</param>
/// <param name="NoticesDoubled">Notices that come twice at once.</param>
/// <param name="CallsHeldAfter">Calls that are done and not answered.</param>
public sealed record FaultRates(
    int Seed = 1,
    double NoticesDropped = 0,
    double NoticesDoubled = 0,
    double CallsHeldAfter = 0
);
