using System.Net;
using System.Net.Sockets;

namespace Shop.Data.Kernel;

/// <summary>What counts as one client where clients are told apart by their address.</summary>
public static class ClientAddress
{
    /// <summary>In hexadecimal digits. Of IPv6 the first 64 bits: a client with one such address has the whole network.</summary>
    public static string Of(IPAddress address)
    {
        var one = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = one.GetAddressBytes();
        return Convert.ToHexString(
            one.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, 8) : bytes
        );
    }
}
