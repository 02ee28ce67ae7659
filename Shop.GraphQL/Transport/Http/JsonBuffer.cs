using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// A buffer that an answer is written to whole, so that its length is known and a failure half-way sends nothing.
/// Pooled: rent it, dispose it.
/// </summary>
internal sealed class JsonBuffer : IBufferWriter<byte>, IDisposable
{
    private const int MaxPooled = 64;
    private const int MaxPooledBytes = 1024 * 1024;
    private static readonly ConcurrentBag<JsonBuffer> _pool = [];

    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private int _maxBytes;

    private JsonBuffer() =>
        Json = new Utf8JsonWriter(
            this,
            // Answers are JSON and never HTML (nosniff), so letters and apostrophes may stay what they are. What is
            // written is known to be well-formed; checking it again costs a tenth.
            new JsonWriterOptions
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                SkipValidation = true,
            }
        );

    /// <summary>Writes into the buffer.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>What has been written; gone when the buffer is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            Json.Flush();
            return _bytes.WrittenMemory;
        }
    }

    /// <summary>An empty buffer.</summary>
    /// <param name="maxBytes">What is written past it throws <see cref="LimitExceeded"/>.</param>
    public static JsonBuffer Rent(int maxBytes = int.MaxValue)
    {
        if (!_pool.TryTake(out var buffer))
        {
            buffer = new();
        }

        buffer._maxBytes = maxBytes;
        return buffer;
    }

    /// <inheritdoc />
    public void Advance(int count)
    {
        _bytes.Advance(count);
        LimitExceeded.Hold(Limit.AnswerBytes, _maxBytes, _bytes.WrittenCount);
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.GetMemory(sizeHint);

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0) => _bytes.GetSpan(sizeHint);

    /// <inheritdoc />
    public void Dispose()
    {
        // One enormous answer must not occupy its memory for ever.
        if (_bytes.Capacity <= MaxPooledBytes && _pool.Count < MaxPooled)
        {
            _bytes.ResetWrittenCount();
            Json.Reset();
            _pool.Add(this);
        }
    }
}
