using System.Buffers;
using System.Net.WebSockets;

namespace Shop.GraphQL.Transport.Sockets;

/// <summary>Puts the frames of a WebSocket together to whole messages.</summary>
internal sealed class SocketReader(WebSocket socket, int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _message = new(1024);

    /// <summary>The next message, valid until the one after it is read; null when the client has closed.</summary>
    /// <exception cref="ProtocolException">It is too big, or not text.</exception>
    /// <exception cref="WebSocketException">The line is gone.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancel)
    {
        _message.ResetWrittenCount();
        while (true)
        {
            var frame = await socket.ReceiveAsync(_message.GetMemory(1024), cancel);
            if (frame.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _message.Advance(frame.Count);
            if (_message.WrittenCount > maxBytes)
            {
                throw new ProtocolException(CloseReason.TooBig);
            }

            if (frame.EndOfMessage)
            {
                return frame.MessageType == WebSocketMessageType.Text
                    ? _message.WrittenMemory
                    : throw new ProtocolException(CloseReason.NotUnderstood);
            }
        }
    }
}
