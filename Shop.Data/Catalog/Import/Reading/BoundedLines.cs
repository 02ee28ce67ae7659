namespace Shop.Data.Catalog.Import.Reading;

/// <summary>A line has no end within reason.</summary>
internal sealed class LineTooLongException()
    : IOException($"a line has more than {BoundedLines.MaxBytes / 1024} KiB.");

/// <summary>
/// Passes a text on as long as its lines are of sane length. A reader of lines holds a whole line in memory, and a few
/// kilobytes of gzip make a line of gigabytes.
/// </summary>
/// <param name="text">Read only here; closed with this.</param>
internal sealed class BoundedLines(Stream text) : Stream
{
    /// <summary>Between two line feeds; what other shops export has pages of HTML in a line.</summary>
    public const int MaxBytes = 1024 * 1024;

    private int _sinceLineFeed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="LineTooLongException">The line is longer.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var read = await text.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span, read);
    }

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)" path="/exception"/>
    public override int Read(byte[] buffer, int offset, int count) =>
        Count(buffer.AsSpan(offset), text.Read(buffer, offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await text.DisposeAsync();
        await base.DisposeAsync();
    }

    // A line that ends in the same read cannot be longer than the reader's buffer.
    private int Count(ReadOnlySpan<byte> buffer, int read)
    {
        var last = buffer[..read].LastIndexOf((byte)'\n');
        _sinceLineFeed = last < 0 ? _sinceLineFeed + read : read - last - 1;
        return _sinceLineFeed <= MaxBytes ? read : throw new LineTooLongException();
    }
}
