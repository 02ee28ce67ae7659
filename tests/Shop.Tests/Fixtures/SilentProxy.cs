using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Shop.Tests.Fixtures;

/// <summary>
/// Stands before a server of a shop's PostgreSQL. It can fall silent as a network does that swallows packets: it goes on accepting
/// connections, none is closed, and nothing passes until it heals. And it can be cut off, as a server is that was stopped: all
/// connections end, and so does each new one, until it is back.
/// </summary>
internal sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly UnixDomainSocketEndPoint _server;
    private readonly string _postgres;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CancellationTokenSource? _up = new();

    /// <param name="postgres">Names its servers by their Unix sockets, the primary first.</param>
    /// <param name="server">Which of them.</param>
    public SilentProxy(string postgres, int server = 0)
    {
        _postgres = postgres;
        var (folder, port) = new NpgsqlConnectionStringBuilder(postgres).Host!.Split(',')[server].Split(':')
            is [var path, var number]
            ? (path, number)
            : throw new ArgumentException("It has no port.", nameof(postgres));
        _server = new(Path.Combine(folder, $".s.PGSQL.{port}"));
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Of the same database, through this.</summary>
    public string ConnectionString => With();

    private string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The same through others as well, which stand before its other servers.</summary>
    public string With(params SilentProxy[] others) =>
        new NpgsqlConnectionStringBuilder(_postgres)
        {
            Host = string.Join(',', others.Select(other => other.Address).Prepend(Address)),
        }.ConnectionString;

    public void Cut() => Interlocked.Exchange(ref _up, null)?.Cancel();

    public void ComeBack() => _up = new();

    public void FallSilent() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heal() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> pipes = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                if (_up is { } up)
                {
                    pipes.Add(PipeAsync(client, up.Token));
                }
                else
                {
                    client.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(pipes);
        }
    }

    private async Task PipeAsync(Socket client, CancellationToken cut)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cut, _end.Token);
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, end.Token);
                await await Task.WhenAny(
                    PumpAsync(client, server, end.Token),
                    PumpAsync(server, client, end.Token)
                );
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException)
            {
                // One of the two has hung up, this was cut off, or the test is over.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken end)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, end) is > 0 and var read)
        {
            await _open.Task.WaitAsync(end);
            await to.SendAsync(buffer.AsMemory(0, read), end);
        }
    }
}
