namespace Shop.Data.Storage.Breakers;

/// <summary>When a breaker opens, and for how long.</summary>
/// <param name="ErrorRatio">It opens when so many of the calls have failed, 0 to 1; 0: when one has.</param>
/// <param name="Window">How long a call counts.</param>
/// <param name="Least">So many calls have to be known before it is judged; at least 1.</param>
/// <param name="Open">How long no call is made.</param>
/// <param name="SlowCall">A call that takes so long is slow; null where none is.</param>
/// <param name="SlowRatio">It opens when so many of the calls are slow, 0 to 1.</param>
public sealed record BreakerTerms(
    double ErrorRatio,
    TimeSpan Window,
    int Least,
    TimeSpan Open,
    TimeSpan? SlowCall = null,
    double SlowRatio = 0.8
);
