using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments.Channels;

/// <summary>The text of a bill, on its way through a file that is gone when it was read: a bill may be larger than memory.</summary>
internal sealed class BillFile : IAsyncDisposable
{
    private const long MaxBytes = 1L << 30;

    private readonly FileStream _file;

    private BillFile(FileStream file, string sha1, string sha256) =>
        (_file, Sha1, Sha256) = (file, sha1, sha256);

    /// <summary>Of its bytes, in hex.</summary>
    public string Sha1 { get; }

    /// <summary>Of its bytes, in hex.</summary>
    public string Sha256 { get; }

    /// <summary>Its bytes, from the start.</summary>
    public Stream Bytes
    {
        get
        {
            _file.Position = 0;
            return _file;
        }
    }

    /// <summary>Writes a stream down to its end.</summary>
    /// <exception cref="InvalidDataException">It is packed and does not unpack, or has more than a gigabyte.</exception>
    public static async Task<BillFile> TakeAsync(Stream source, CancellationToken cancel)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        try
        {
            using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 16];
            for (int read; (read = await source.ReadAsync(buffer, cancel)) > 0; )
            {
                sha1.AppendData(buffer, 0, read);
                sha256.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                if (file.Length > MaxBytes)
                {
                    throw new InvalidDataException("A bill has more than a gigabyte.");
                }
            }

            return new(file, Hex(sha1), Hex(sha256));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads all lines once, so that a bill that can't be read to its end gives none; then gives them.</summary>
    /// <param name="encoding">Of the text.</param>
    /// <param name="parse">Makes lines of the text; throws <see cref="FormatException"/> where it is not as it has to be.</param>
    /// <param name="cancel">Ends the first reading.</param>
    public async Task<BillReading> ReadAsync(
        Encoding encoding,
        Func<TextReader, CancellationToken, IAsyncEnumerable<BillLine>> parse,
        CancellationToken cancel
    )
    {
        try
        {
            await foreach (var _ in parse(Text(encoding), cancel)) { }
        }
        catch (FormatException fault)
        {
            await DisposeAsync();
            return new BillReading.Broken(fault.Message);
        }

        return new BillReading.Lines(Sha256, RowsAsync(encoding, parse, CancellationToken.None));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private StreamReader Text(Encoding encoding) => new(Bytes, encoding, leaveOpen: true);

    private async IAsyncEnumerable<BillLine> RowsAsync(
        Encoding encoding,
        Func<TextReader, CancellationToken, IAsyncEnumerable<BillLine>> parse,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using (this)
        {
            await foreach (var row in parse(Text(encoding), cancel))
            {
                yield return row;
            }
        }
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
