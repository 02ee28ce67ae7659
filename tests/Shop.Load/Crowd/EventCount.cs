using Shop.Load.Measure;

namespace Shop.Load.Crowd;

/// <summary>What subscribers should have heard, beside what they did.</summary>
internal sealed class EventCount
{
    private int _expected;
    private int _received;
    private int _missing;
    private int _doubled;
    private int _outOfOrder;

    /// <summary>Whether each got each event once and in order.</summary>
    public bool IsPerfect => _missing + _doubled + _outOfOrder == 0 && _received == _expected;

    /// <summary>Counts one subscriber's events.</summary>
    /// <param name="versions">As they came.</param>
    /// <param name="last">The version of the last step; the first is 1.</param>
    public void Add(IReadOnlyList<int> versions, int last)
    {
        _expected += last;
        _received += versions.Count;
        _missing += Enumerable.Range(1, last).Except(versions).Count();
        _doubled += versions.Count - versions.Distinct().Count();
        _outOfOrder += versions.Zip(versions.Skip(1)).Count(pair => pair.Second < pair.First);
    }

    public void Print()
    {
        Report.Line("events expected", _expected);
        Report.Line("events received", _received);
        Report.Line("missing", _missing);
        Report.Line("doubled", _doubled);
        Report.Line("out of order", _outOfOrder);
    }
}
