namespace Shop.Data.Payments.Channels;

/// <summary>The cells of a bill's line, by the names that stand above them: channels add columns.</summary>
internal sealed class BillColumns
{
    private readonly Dictionary<string, int> _places = [];
    private readonly int _count;

    /// <exception cref="FormatException">A column is not there.</exception>
    public BillColumns(string[] header, params ReadOnlySpan<string> needed)
    {
        _count = header.Length;
        for (var at = 0; at < header.Length; at++)
        {
            _places.TryAdd(header[at], at);
        }

        foreach (var name in needed)
        {
            if (!_places.ContainsKey(name))
            {
                throw new FormatException($"The bill has no column {name}.");
            }
        }
    }

    /// <summary>A line that was parted too often, because a text in it has what parts cells, and quotes nothing.</summary>
    /// <param name="line">Its cells, of which some are one.</param>
    /// <param name="text">The column of that text; it is cut.</param>
    public string[] Fitted(string[] line, string text)
    {
        var more = line.Length - _count;
        return more > 0 && _places.TryGetValue(text, out var at)
            ? [.. line[..at], .. line[(at + more)..]]
            : line;
    }

    /// <summary>A cell; null where it is empty.</summary>
    /// <exception cref="FormatException">The line is too short.</exception>
    public string? Text(string[] line, string name) =>
        _places[name] >= line.Length ? throw new FormatException($"A line of the bill ends before {name}.")
        : line[_places[name]] is { Length: > 0 } text ? text
        : null;

    /// <summary>A cell that may not be empty.</summary>
    /// <exception cref="FormatException">It is.</exception>
    public string Needed(string[] line, string name) =>
        Text(line, name) ?? throw new FormatException($"A line of the bill has no {name}.");

    /// <summary>An amount in fen.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public long Fen(string[] line, string name) =>
        Yuan.Read(Text(line, name))
        ?? throw new FormatException($"{name} is no amount in a line of the bill.");
}
