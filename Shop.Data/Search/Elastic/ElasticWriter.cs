using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Writes products to an index of Elasticsearch. What is older than what is there is refused there, and that is success. Nothing is
/// deleted: Elasticsearch remembers the version of what is gone for a minute only, and a late write would raise the dead.
/// </summary>
public sealed class ElasticWriter(ElasticLine line, TimeProvider clock)
{
    private const int MaxDocuments = 500;
    private const int MaxBytes = 5 << 20;
    private const int MaxTries = 6;
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);

    /// <summary>What it is written by: a name that is only there with the index, so that none is made by accident.</summary>
    internal static string AliasOf(string index) => index + "-w";

    /// <returns>Why a product could not be written, of those that could not; the rest was.</returns>
    /// <exception cref="ElasticFailedException">It is away, has too much to do, or the index is gone (404).</exception>
    internal async Task<IReadOnlyList<string>> WriteAsync(
        string index,
        IReadOnlyList<VersionedDocument> products,
        CancellationToken cancel
    )
    {
        var faults = new List<string>();
        foreach (var part in Parts([.. products.Select(Line.Of)], MaxDocuments))
        {
            await WriteAsync(index, part, faults, cancel);
        }

        return faults;
    }

    // Half as much at once, and twice as much later, where it has too much to do.
    private async Task WriteAsync(
        string index,
        IReadOnlyList<Line> lines,
        List<string> faults,
        CancellationToken cancel
    )
    {
        var size = lines.Count;
        for (var tries = 1; lines.Count > 0; tries++)
        {
            var busy = new List<Line>();
            foreach (var part in Parts(lines, size))
            {
                busy.AddRange(await SendAsync(index, part, faults, cancel));
            }

            if (busy.Count > 0)
            {
                if (tries == MaxTries)
                {
                    throw new ElasticFailedException("Elasticsearch has too much to do", 429, cause: null);
                }

                await Task.Delay(_firstPause * Math.Pow(2, tries - 1), clock, cancel);
            }

            (lines, size) = (busy, Math.Max(1, size / 2));
        }
    }

    private async Task<IReadOnlyList<Line>> SendAsync(
        string index,
        IReadOnlyList<Line> lines,
        List<string> faults,
        CancellationToken cancel
    )
    {
        try
        {
            var answer = await line.BulkAsync(
                $"/{AliasOf(index)}/_bulk?require_alias=true",
                [.. lines.SelectMany(each => each.Bytes)],
                cancel
            );
            if (!answer.TryGetProperty("items", out var items) || items.GetArrayLength() != lines.Count)
            {
                throw ElasticFailedException.CutOff(cause: null);
            }

            return answer.GetProperty("errors").GetBoolean() ? Refused(answer, lines, faults) : [];
        }
        catch (ElasticFailedException fault) when (fault.Status == 429)
        {
            return lines;
        }
    }

    private static List<Line> Refused(JsonElement answer, IReadOnlyList<Line> lines, List<string> faults)
    {
        var busy = new List<Line>();
        foreach (var (item, sent) in answer.GetProperty("items").EnumerateArray().Zip(lines))
        {
            var done = item.GetProperty("index");
            switch (done.GetProperty("status").GetInt32())
            {
                case 429:
                    busy.Add(sent);
                    break;
                case 404:
                    throw new ElasticFailedException("The index is gone", 404, cause: null);
                // 409: what is there is newer.
                case >= 400 and not 409:
                    faults.Add($"product {sent.Product}: {done.GetProperty("error").GetProperty("reason")}");
                    break;
            }
        }

        return busy;
    }

    private static IEnumerable<IReadOnlyList<Line>> Parts(IReadOnlyList<Line> lines, int size)
    {
        var (part, bytes) = (new List<Line>(), 0);
        foreach (var each in lines)
        {
            if (part.Count > 0 && (part.Count == size || bytes + each.Bytes.Length > MaxBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(each);
            bytes += each.Bytes.Length;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private sealed record Line(long Product, byte[] Bytes)
    {
        public static Line Of(VersionedDocument product) =>
            new(
                product.Document.Product,
                [
                    .. Encoding.UTF8.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $$$"""{"index":{"_id":"{{{product.Document.Product}}}","version":{{{product.Revision}}},"version_type":"external"}}"""
                        )
                    ),
                    (byte)'\n',
                    .. product.Document.ToJson(),
                    (byte)'\n',
                ]
            );
    }
}
