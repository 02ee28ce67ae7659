using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Shop.Tests.Fixtures;

/// <summary>
/// Stands before the primary of a shop, and can fall silent as a network does that swallows packets: it goes on accepting
/// connections, none is closed, and nothing passes until it heals.
/// </summary>
internal sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly UnixDomainSocketEndPoint _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="postgres">Names the primary first, by its Unix socket.</param>
    public SilentProxy(string postgres)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        var (folder, port) = server.Host!.Split(',')[0].Split(':') is [var path, var number]
            ? (path, number)
            : throw new ArgumentException("It has no port.", nameof(postgres));
        _server = new(Path.Combine(folder, $".s.PGSQL.{port}"));
        _open.SetResult();
        _listener.Start();
        server.Host = "127.0.0.1";
        server.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = server.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>Of the same database, through this.</summary>
    public string ConnectionString { get; }

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
                pipes.Add(PipeAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(pipes);
        }
    }

    private async Task PipeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _end.Token);
                await await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // One of the two has hung up, or the test is over.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var read)
        {
            await _open.Task.WaitAsync(_end.Token);
            await to.SendAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
