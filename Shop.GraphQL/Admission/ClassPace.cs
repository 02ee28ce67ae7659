namespace Shop.GraphQL.Admission;

/// <summary>
/// How long operations of a class take, beside how long they take when hardly anything is in the way. By class: when more of one and
/// fewer of another are let in, none of them has become slower. Not thread-safe.
/// </summary>
internal sealed class ClassPace
{
    private const int MostTimes = 512;
    private const int LeastTimes = 10;

    // A window in which only what is cheap was asked for moves little.
    private const double Little = 0.05;
    private const double Much = 0.5;

    private readonly double[] _times = new double[MostTimes];
    private int _count;
    private bool _wasQuiet = true;
    private double _usual;

    /// <summary>One has ended.</summary>
    /// <param name="seconds">How long it took.</param>
    public void Add(double seconds)
    {
        if (_count < MostTimes)
        {
            _times[_count++] = seconds;
        }
    }

    /// <summary>Ends a window; where too few have ended in it, it goes on with the next.</summary>
    /// <param name="isQuiet">Whether hardly anything was in the way: only then what has become slower is taken for usual.</param>
    /// <param name="isLook">Whether it was made quiet to see what is usual: another such window is long in coming.</param>
    /// <returns>
    /// How many times as long as usual half of them took, and how many there were; null where it goes on, or nothing is usual yet.
    /// </returns>
    public (double Slowness, int Count)? End(bool isQuiet, bool isLook)
    {
        if (_count < LeastTimes)
        {
            // What was before the quiet says nothing about it.
            (_count, _wasQuiet) = isQuiet && !_wasQuiet ? (0, true) : (_count, _wasQuiet && isQuiet);
            return null;
        }

        var count = _count;
        Array.Sort(_times, 0, count);
        var median = Math.Max(_times[count / 2], 1e-6);
        Learn(median, _wasQuiet && isQuiet, isLook ? Much : Little);
        (_count, _wasQuiet) = (0, true);
        return _usual > 0 ? (median / _usual, count) : null;
    }

    private void Learn(double median, bool isQuiet, double share)
    {
        if (isQuiet && _usual == 0)
        {
            _usual = median;
        }
        else if (isQuiet || median < _usual)
        {
            _usual += (median - _usual) * (median < _usual ? Little : share);
        }
    }
}
