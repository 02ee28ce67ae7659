using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace Shop.Data.Storage.PubSub;

/// <summary>
/// Many signals in one message: a line each, with a key, a space, and what is said. A batch of thousands is one PUBLISH,
/// whose cost is that of a single signal.
/// </summary>
public static class SignalLines
{
    /// <summary>One message for all of them.</summary>
    /// <param name="signals">What is said must not be empty, nor have a line break in it.</param>
    public static RedisValue Write(IEnumerable<(long Key, string Said)> signals)
    {
        var message = new StringBuilder();
        foreach (var (key, said) in signals)
        {
            message.Append(CultureInfo.InvariantCulture, $"{key} {said}\n");
        }

        return message.ToString();
    }

    /// <summary>What <see cref="Write"/> wrote, as slices of the message: those that have no listener are not copied.</summary>
    internal static IEnumerable<(long Key, RedisValue Said)> Read(RedisValue message)
    {
        ReadOnlyMemory<byte> rest = message;
        while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = rest[..end];
            rest = rest[(end + 1)..];
            var space = line.Span.IndexOf((byte)' ');
            yield return (
                long.Parse(line.Span[..space], NumberStyles.None, CultureInfo.InvariantCulture),
                line[(space + 1)..]
            );
        }
    }
}
