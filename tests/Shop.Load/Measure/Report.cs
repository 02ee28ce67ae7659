namespace Shop.Load.Measure;

/// <summary>What a scenario says at its end: a name and a value per line, on standard output.</summary>
internal static class Report
{
    private const int NameWidth = 38;

    /// <summary>One line.</summary>
    public static void Line(string name, object value) =>
        Console.WriteLine($"{name.PadRight(NameWidth)}{value}");

    /// <summary>The percentiles of what was measured, in milliseconds.</summary>
    public static void Line(string name, Samples samples)
    {
        var sorted = samples.Sort();
        var shown = new[] { ("p50", 50d), ("p95", 95), ("p99", 99), ("max", 100) }.Select(rank =>
            $"{rank.Item1} {sorted.At(rank.Item2).TotalMilliseconds:0.0}"
        );
        Line(name, $"{string.Join("  ", shown)} ms  ({samples.Count} samples)");
    }

    /// <summary>A line per entry, the largest first.</summary>
    public static void Lines<TKey>(string name, IEnumerable<KeyValuePair<TKey, int>> counts)
    {
        foreach (var (key, count) in counts.OrderByDescending(entry => entry.Value))
        {
            Line($"{name} {key}", count);
        }
    }
}
