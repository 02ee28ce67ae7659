using Shop.Load.Measure;

namespace Shop.Load.Bench;

/// <summary>What was there at one moment.</summary>
/// <param name="At">Since the first order was sent.</param>
/// <param name="Accepted">Orders that are durable.</param>
/// <param name="Settled">Those of them whose stock is deducted, or that are rejected.</param>
internal readonly record struct RushSample(TimeSpan At, int Accepted, int Settled)
{
    /// <summary>Accepted, not settled yet.</summary>
    public int Waiting => Accepted - Settled;
}

/// <summary>How a rush went.</summary>
/// <param name="Took">From the first order sent to the last answered.</param>
/// <param name="Placing">Each call.</param>
/// <param name="Samples">While orders were placed; the last one at the end of that.</param>
/// <param name="End">When nothing waited any more, or patience ended.</param>
internal sealed record RushResult(
    TimeSpan Took,
    Samples Placing,
    IReadOnlyList<RushSample> Samples,
    RushSample End
)
{
    /// <summary>Of the last half of the run, a new order may wait longer than one of the first half by this much.</summary>
    private static readonly TimeSpan _drift = TimeSpan.FromMilliseconds(250);

    public int Accepted => End.Accepted;

    public int Settled => End.Settled;

    public double AcceptedPerSecond => Placing.Count / Took.TotalSeconds;

    /// <summary>While orders were placed: what was settled after counts for nothing.</summary>
    public double SettledPerSecond => Samples[^1].Settled / Samples[^1].At.TotalSeconds;

    public int WaitingHalfWay => Samples[Samples.Count / 2].Waiting;

    public int WaitingAtEnd => Samples[^1].Waiting;

    /// <summary>Whether no backlog grows: in the second half, as many are settled as come in.</summary>
    public bool KeepsUp => WaitingAtEnd - WaitingHalfWay < AcceptedPerSecond * _drift.TotalSeconds;
}
