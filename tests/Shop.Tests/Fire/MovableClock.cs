namespace Shop.Tests.Fire;

/// <summary>The clock of the world, until somebody sets it back. Timers go on: a clock on the wall moves none.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _behind;

    public void SetBack(TimeSpan by) => Interlocked.Add(ref _behind, by.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        System.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref _behind));
}
