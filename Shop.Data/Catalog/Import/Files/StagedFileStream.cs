using Npgsql;

namespace Shop.Data.Catalog.Import.Files;

/// <summary>Reads a staged file from its start, a piece at a time.</summary>
internal sealed class StagedFileStream(NpgsqlDataSource primary, StagedFileId file, CancellationToken cancel)
    : Stream
{
    private ReadOnlyMemory<byte> _rest;
    private int _next;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>How many bytes were read.</summary>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (_rest.IsEmpty)
        {
            _rest = await NextAsync();
        }

        var read = Math.Min(buffer.Length, _rest.Length);
        _rest[..read].CopyTo(buffer);
        _rest = _rest[read..];
        _read += read;
        return read;
    }

    /// <summary>Not how it is read: it would hold a thread while PostgreSQL answers.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException($"Call {nameof(ReadAsync)}.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<byte[]> NextAsync() =>
        await primary.ScalarAsync<byte[]>(
            $"""
            select content from catalog.staged_chunk
            where file_id = {Sql.Value(file.Value)} and position = {Sql.Value(_next++)}
            """,
            cancel
        ) ?? [];
}
