using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Shop.Data.Kernel;
using Shop.Data.Orders.Keys;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Orders;

/// <summary>One client's connection, on which it watches several orders.</summary>
internal sealed class CrowdSocket : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Channel<int>> _versions = new();
    private readonly SocketClient _client;
    private readonly Task _hearing;
    private volatile bool _isLeaving;

    private CrowdSocket(SocketClient client)
    {
        _client = client;
        _hearing = HearAsync();
    }

    public static async Task<CrowdSocket> OpenAsync(Uri shop) => new(await SocketClient.OpenAsync(shop));

    /// <returns>The versions that are pushed, as they come.</returns>
    public async Task<ChannelReader<int>> WatchAsync(
        OrderId order,
        AccessKey accessKey,
        int? fromVersion = null
    )
    {
        var id = GlobalId.Of(order).ToString();
        var versions = _versions.GetOrAdd(id, _ => Channel.CreateUnbounded<int>());
        var from = fromVersion is { } version ? $", fromVersion: {version}" : "";
        await _client.SubscribeAsync(
            id,
            $$"""
            subscription { orderStatusChanged(orderId: "{{id}}", accessKey: "{{accessKey.Text}}"{{from}}) { version } }
            """
        );
        return versions.Reader;
    }

    /// <summary>Goes away; what has been pushed by then can still be read.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        await _client.CloseAsync();
        await _hearing;
        _client.Dispose();
    }

    private async Task HearAsync()
    {
        Exception cut;
        try
        {
            string message;
            while ((message = await _client.HearAsync()) is ['{', ..])
            {
                Take(message);
            }

            cut = new InvalidOperationException(message);
        }
        catch (WebSocketException fault)
        {
            // Where we leave, both sides have said goodbye at the same moment.
            cut = fault;
        }

        foreach (var versions in _versions.Values)
        {
            versions.Writer.TryComplete(_isLeaving ? null : cut);
        }
    }

    private void Take(string message)
    {
        using var json = JsonDocument.Parse(message);
        var versions = _versions[json.RootElement.GetProperty("id").GetString()!].Writer;
        var payload = json.RootElement.GetProperty("payload");
        if (payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("data", out var data))
        {
            versions.TryWrite(data.GetProperty("orderStatusChanged").GetProperty("version").GetInt32());
        }
        else
        {
            versions.TryComplete(new InvalidOperationException(message));
        }
    }
}
