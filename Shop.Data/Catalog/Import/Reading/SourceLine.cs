using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>One record of a file: its fields by name, or why it has none.</summary>
/// <param name="Number">The line on which it begins, from 1.</param>
/// <param name="Fields">Those that are read, composed and trimmed, by name in small letters; null where there is a fault.</param>
/// <param name="Fault">Why the record cannot be read.</param>
internal readonly record struct SourceLine(
    int Number,
    IReadOnlyDictionary<string, string>? Fields,
    RowFault? Fault
)
{
    /// <summary>Reads a file record by record, in constant memory. A byte order mark and gzip are seen through.</summary>
    /// <param name="file">Left open.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="columns">Which of its fields are read.</param>
    /// <param name="cancel">Ends it between two records.</param>
    public static async IAsyncEnumerable<SourceLine> ReadAsync(
        Stream file,
        ImportFormat format,
        ImportColumns columns,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var plain = new BoundedLines(await PlainAsync(file, cancel));
        using var text = new StreamReader(plain, Encoding.UTF8);
        var lines =
            format is ImportFormat.Csv
                ? CsvLines.ReadAsync(text, columns)
                : JsonLines.ReadAsync(text, columns, cancel);
        await foreach (var line in lines.WithCancellation(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            // The decoder puts this character where bytes are no UTF-8; an honest one is rare enough to be refused too, and
            // character 0 is nothing that PostgreSQL keeps.
            var broken = line
                .Fields?.FirstOrDefault(field => field.Value.AsSpan().ContainsAny('\uFFFD', '\0'))
                .Key;
            yield return broken is null
                ? line
                : Unreadable(line.Number, "it is not UTF-8", line.Fields![broken], broken);
        }
    }

    /// <summary>A record that is none.</summary>
    public static SourceLine Unreadable(int number, string reason, string? text, string? field = null) =>
        new(number, Fields: null, RowFault.Of(ImportErrorCode.Unreadable, field, reason, text));

    /// <summary>Where reading has to end.</summary>
    public static SourceLine BrokenOff(int number, string reason) =>
        new(
            number,
            Fields: null,
            RowFault.Of(ImportErrorCode.BrokenOff, null, $"{reason} Nothing after it was read", null)
        );

    /// <summary>Whether a fault says what the file is like, and not that it cannot be had.</summary>
    public static bool IsOfTheFile(Exception fault) => fault is InvalidDataException or LineTooLongException;

    /// <summary>Where reading has to end, for such a fault.</summary>
    public static SourceLine BrokenOff(int number, Exception fault) =>
        BrokenOff(
            number,
            fault is LineTooLongException ? fault.Message : "the compressed file is broken or cut off."
        );

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
