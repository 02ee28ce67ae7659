using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shop.Load.Measure;

namespace Shop.Tests.Load;

/// <summary>What Linux tells of processes; elsewhere the load tool leaves it out.</summary>
public sealed class ProcessUseTests
{
    [Fact]
    public void Whoever_listens_on_a_port_or_a_socket_is_found()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        var number = ((IPEndPoint)port.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        Assert.Equal(Environment.ProcessId, ProcessUse.Listening(number));
        Assert.Equal(Environment.ProcessId, ProcessUse.Listening(path));
        File.Delete(path);
        port.Stop();
        Assert.Null(ProcessUse.Listening(number));
    }

    [Fact]
    public void Work_and_memory_of_a_process_are_seen()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var before = ProcessUse.Of(Environment.ProcessId)!.Value;
        while (ProcessUse.Of(Environment.ProcessId)!.Value.Own == before.Own)
        {
            // Asking is work, too.
        }

        Assert.Equal(before.Parent, ProcessUse.All().Single(one => one.Id == Environment.ProcessId).Parent);
        Assert.InRange(ProcessUse.Memory(Environment.ProcessId), 10L << 20, 100L << 30);
    }

    [Fact]
    public void A_process_that_has_ended_is_no_fault() => Assert.Null(ProcessUse.Of(int.MaxValue));
}
