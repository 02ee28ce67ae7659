using Shop.Data.Storage.Points;

namespace Shop.GraphQL.Admission;

/// <summary>
/// Points that all nodes share. A node takes as many as it may need for 50 ms ahead, so that most operations ask nobody. While
/// Redis is away each node goes on with its part of them, by how many nodes there were: never with all, never with none.
/// </summary>
internal sealed class ClusterPoints(string rule, SharedPoints shared, TimeProvider clock, ILogger log)
    : Points
{
    private const double SliceSeconds = 0.05;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    private readonly Lock _turn = new();
    private TaskCompletionSource? _fetching;
    private TokenBucket? _alone;
    private double _left;
    private int _nodes = 1;
    private long _emptyUntil = clock.GetTimestamp();
    private long _aloneUntil = clock.GetTimestamp();

    /// <inheritdoc />
    public override async ValueTask<TimeSpan?> TakeAsync(double points, Rate rate, CancellationToken cancel)
    {
        while (true)
        {
            TaskCompletionSource fetching;
            bool isMine;
            lock (_turn)
            {
                if (IsKnown(points, rate, out var wait))
                {
                    return wait;
                }

                isMine = _fetching is null;
                fetching = _fetching ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (isMine)
            {
                // Without `cancel`: who leaves takes nothing from those who wait with them.
                await FetchAsync(points, rate, fetching);
            }
            else
            {
                await fetching.Task.WaitAsync(cancel);
            }
        }
    }

    /// <inheritdoc />
    public override void GiveBack(double points, Rate rate)
    {
        lock (_turn)
        {
            _left += Needed(points, rate);
        }
    }

    // False where Redis has to be asked.
    private bool IsKnown(double points, Rate rate, out TimeSpan? wait)
    {
        var (needed, now) = (Needed(points, rate), clock.GetTimestamp());
        wait = null;
        if (_left >= needed)
        {
            _left -= needed;
            return true;
        }

        if (_alone is not null && now < _aloneUntil)
        {
            wait = _alone.TakeNow(points, PartOf(rate));
            return true;
        }

        if (now < _emptyUntil)
        {
            wait = clock.GetElapsedTime(now, _emptyUntil);
            return true;
        }

        return false;
    }

    private async Task FetchAsync(double points, Rate rate, TaskCompletionSource fetching)
    {
        TakenPoints? taken = null;
        try
        {
            var ahead = Math.Min(rate.PerSecond * SliceSeconds, rate.Burst);
            var wanted = (int)Math.Ceiling(Math.Max(Needed(points, rate), ahead));
            taken = await shared.TakeAsync(rule, wanted, rate.PerSecond, rate.Burst, rate.WarmUp);
        }
        finally
        {
            lock (_turn)
            {
                Note(taken);
                _fetching = null;
            }

            fetching.SetResult();
        }
    }

    private void Note(TakenPoints? taken)
    {
        if (taken is { } slice)
        {
            _left += slice.Count;
            _nodes = slice.Nodes;
            _emptyUntil = After(slice.Wait);
            _alone = null;
            return;
        }

        if (_alone is null)
        {
            log.RuleAlone(rule, _nodes);
            // What could be there at once has been taken: what comes in from now on is this node's part.
            _alone = new(clock, level: 1);
        }

        _aloneUntil = After(_pause);
    }

    // As in a bucket: more than can ever be there is not waited for.
    private static double Needed(double points, Rate rate) =>
        Math.Min(points, Math.Max(1, Math.Floor(rate.Burst)));

    private Rate PartOf(Rate rate) =>
        rate with
        {
            PerSecond = rate.PerSecond / _nodes,
            Burst = Math.Max(1, rate.Burst / _nodes),
        };

    private long After(TimeSpan wait) =>
        clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
}
