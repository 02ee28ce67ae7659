using System.Net;
using Shop.Load.Fire;

namespace Shop.Tests.Payments;

/// <summary>Stands between the shop and a channel, and answers, when it is told to, with what the channel has said last.</summary>
internal sealed class Replaying : IAsyncDisposable
{
    private readonly HttpListener _door = new();
    private readonly HttpClient _client = new();
    private readonly Uri _channel;
    private readonly Task _serving;

    /// <param name="channel">Where the channel is.</param>
    public Replaying(Uri channel)
    {
        _channel = channel;
        Address = new($"http://127.0.0.1:{TownNode.FreePort()}/");
        _door.Prefixes.Add(Address.ToString());
        _door.Start();
        _serving = ServeAsync();
    }

    /// <summary>In the place of the channel's.</summary>
    public Uri Address { get; }

    /// <summary>Whether each call is answered with the last answer.</summary>
    public bool IsReplaying { get; set; }

    public async ValueTask DisposeAsync()
    {
        _door.Close();
        await _serving;
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        (HttpResponseMessage Answer, byte[] Body)? last = null;
        try
        {
            while (true)
            {
                var call = await _door.GetContextAsync();
                if (!IsReplaying)
                {
                    last = await ForwardAsync(call.Request);
                }

                var (answer, body) = last!.Value;
                call.Response.StatusCode = (int)answer.StatusCode;
                foreach (
                    var (name, values) in answer.Headers.Where(header =>
                        header.Key.Contains("pay-", StringComparison.OrdinalIgnoreCase)
                    )
                )
                {
                    call.Response.Headers[name] = values.Single();
                }

                call.Response.Close(body, willBlock: false);
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException) { }
    }

    private async Task<(HttpResponseMessage, byte[])> ForwardAsync(HttpListenerRequest call)
    {
        using var body = new MemoryStream();
        await call.InputStream.CopyToAsync(body);
        using var request = new HttpRequestMessage(new(call.HttpMethod), new Uri(_channel, call.RawUrl));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var name in call.Headers.AllKeys.OfType<string>().Where(name => name != "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, call.Headers[name]))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, call.Headers[name]);
            }
        }

        var answer = await _client.SendAsync(request);
        return (answer, await answer.Content.ReadAsByteArrayAsync());
    }
}
