namespace Shop.GraphQL.Admission;

/// <summary>How points come in.</summary>
/// <param name="PerSecond">How many in a second, more than 0.</param>
/// <param name="Burst">How many can be there at once, at least 1.</param>
/// <param name="WarmUp">For how long fewer come and fit, from a third on, after nobody took any for as long; zero where it makes no difference.</param>
internal readonly record struct Rate(double PerSecond, double Burst, TimeSpan WarmUp = default)
{
    // That of Sentinel: what is cold takes three times as long.
    private const double Cold = 1.0 / 3;

    /// <summary>How much of it holds so long after it began to warm up.</summary>
    public double ShareAfter(TimeSpan warm) =>
        WarmUp <= TimeSpan.Zero ? 1 : Cold + (1 - Cold) * Math.Clamp(warm / WarmUp, 0, 1);
}
