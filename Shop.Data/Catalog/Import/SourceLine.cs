using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;

namespace Shop.Data.Catalog.Import;

/// <summary>One record of a file: its fields by name, or why it has none.</summary>
/// <param name="Number">The line on which it begins, from 1.</param>
/// <param name="Fields">Trimmed, by name in small letters; null where there is a fault.</param>
/// <param name="Fault">Why the record cannot be read.</param>
internal readonly record struct SourceLine(
    int Number,
    IReadOnlyDictionary<string, string>? Fields,
    string? Fault
)
{
    /// <summary>Reads a file record by record, in constant memory. A byte order mark and gzip are seen through.</summary>
    /// <param name="file">Left open.</param>
    public static async IAsyncEnumerable<SourceLine> ReadAsync(
        Stream file,
        ImportFormat format,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var plain = await PlainAsync(file, cancel);
        using var text = new StreamReader(plain, Encoding.UTF8);
        var lines = format is ImportFormat.Csv ? CsvLines.ReadAsync(text) : JsonLines.ReadAsync(text, cancel);
        await foreach (var line in lines.WithCancellation(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            // The decoder puts this character where bytes are no UTF-8; an honest one is rare enough to be refused too.
            yield return line.Fields?.Values.Any(value => value.Contains('\uFFFD')) == true
                ? new(line.Number, Fields: null, "it is not UTF-8")
                : line;
        }
    }

    private static async Task<Stream> PlainAsync(Stream file, CancellationToken cancel)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        var start = await pipe.ReadAtLeastAsync(2, cancel);
        var isGzip = IsGzip(start.Buffer.FirstSpan);
        pipe.AdvanceTo(start.Buffer.Start);
        var whole = pipe.AsStream();
        return isGzip ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];
}
