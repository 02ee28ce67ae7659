using System.Globalization;

namespace Shop.Load;

/// <summary>The words and <c>--name value</c> options of a call. Each is taken once; what is left is refused.</summary>
internal sealed class Arguments
{
    private readonly Queue<string> _words = new();
    private readonly Dictionary<string, string> _options = [];

    /// <exception cref="UsageException">An option has no value, or stands twice.</exception>
    public Arguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                _words.Enqueue(args[i]);
            }
            else if (i + 1 == args.Count || !_options.TryAdd(args[i][2..], args[++i]))
            {
                throw new UsageException($"{args[i]}: once, with a value.");
            }
        }
    }

    /// <summary>The next word that is no option; null at the end.</summary>
    public string? Word() => _words.TryDequeue(out var word) ? word : null;

    /// <summary>An option's text; null if it was not given.</summary>
    public string? Text(string name) => _options.Remove(name, out var text) ? text : null;

    /// <summary>A whole number in a range, both ends included: no scenario runs without a bound.</summary>
    /// <exception cref="UsageException">It is none, or outside.</exception>
    public int Number(string name, int otherwise, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max
            ? number
            : throw new UsageException($"--{name} is a whole number from {min} to {max}.");
    }

    /// <summary>Call it after the last option was taken.</summary>
    /// <exception cref="UsageException">Something was given that nobody asked for.</exception>
    public void NoMore()
    {
        if (_words.Concat(_options.Keys.Select(name => "--" + name)).FirstOrDefault() is { } unknown)
        {
            throw new UsageException($"What is '{unknown}'?");
        }
    }
}

/// <summary>The call was wrong; the message says how.</summary>
internal sealed class UsageException(string message) : Exception(message);
