namespace Shop.Load.Steady;

/// <summary>How many orders come, and over what.</summary>
/// <param name="Rate">Orders a second.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Connections">Requests under way at most.</param>
/// <param name="Watched">
/// Orders a second, at most, that are watched until they are settled: watching is to measure the load, not to be it.
/// </param>
internal sealed record Pace(int Rate, int Seconds, int Connections = 128, int Watched = 100)
{
    /// <summary>How many orders in all.</summary>
    public int Orders => Rate * Seconds;

    /// <summary>Each how-manieth is watched.</summary>
    public int WatchEach => (Rate + Watched - 1) / Watched;
}
