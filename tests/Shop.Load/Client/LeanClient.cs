using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Shop.Load.Client;

/// <summary>
/// One open HTTP/1.1 connection that sends the same bytes again and again. It does as little as a client can, so that
/// little of the machine is taken from the server that is measured.
/// </summary>
internal sealed class LeanClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];

    private LeanClient() { }

    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<LeanClient> OpenAsync(Uri address, CancellationToken cancel)
    {
        var client = new LeanClient();
        await client._socket.ConnectAsync(address.Host, address.Port, cancel);
        return client;
    }

    /// <summary>A POST of JSON, headers and all.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="body">The JSON.</param>
    /// <param name="accept">The media type that shall come back.</param>
    public static byte[] Request(
        Uri address,
        byte[] body,
        string accept = "application/graphql-response+json"
    ) =>
        [
            .. Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n"
                        + $"Content-Type: application/json\r\nAccept: {accept}\r\n"
                        + $"Content-Length: {body.Length}\r\n\r\n"
                )
            ),
            .. body,
        ];

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <returns>The body; it is overwritten by the next answer. One in chunks, as Elasticsearch sends, still has their lengths in it.</returns>
    /// <exception cref="ShopFaultException">The status is not 200, or the length is not told.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(byte[] request, CancellationToken cancel)
    {
        await _socket.SendAsync(request.AsMemory(), cancel);
        var (read, head, length) = (0, -1, (int?)0);
        while (
            head < 0
            || (
                length is { } all ? read < head + all : !_buffer.AsSpan(head, read - head).EndsWith(LastChunk)
            )
        )
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(read), cancel);
            if (part == 0)
            {
                throw new ShopAwayException("the connection was closed", null);
            }

            read += part;
            if (head < 0 && _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                head = end + 4;
                length = LengthIn(_buffer.AsSpan(0, head));
            }
        }

        return _buffer.AsMemory(head, length ?? read - head);
    }

    public void Dispose() => _socket.Dispose();

    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    // Null where the body comes in chunks.
    private static int? LengthIn(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("HTTP/1.1 200 "u8) && head.IndexOf("Transfer-Encoding: chunked\r\n"u8) >= 0)
        {
            return null;
        }

        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        // Elasticsearch writes it small.
        at = at < 0 ? head.IndexOf("content-length: "u8) : at;
        return
            head.StartsWith("HTTP/1.1 200 "u8)
            && at >= 0
            && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new ShopFaultException("NO_ANSWER", Encoding.ASCII.GetString(head));
    }
}
