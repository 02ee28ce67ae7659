namespace Shop.Data.Storage.Breakers;

/// <summary>Whether a breaker lets calls through. Metrics have it as a number: 0, 1, 2.</summary>
public enum BreakerState
{
    /// <summary>All are made.</summary>
    Closed,

    /// <summary>One is made, to see whether the others can be.</summary>
    HalfOpen,

    /// <summary>None is made, or none has been asked for since the pause was over.</summary>
    Open,
}
