using System.Net;

namespace Shop.GraphQL.Admission;

/// <summary>Addresses that a rule is about: one, or all that begin alike.</summary>
internal static class AddressRange
{
    /// <summary>Reads <c>203.0.113.7</c>, <c>203.0.113.0/24</c>, <c>2001:db8::/32</c>.</summary>
    public static bool TryParse(string text, out IPNetwork range)
    {
        if (IPAddress.TryParse(text, out var one))
        {
            range = new(one, one.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out range);
    }

    /// <summary>Whether an address is one of them, IPv4 also where a socket writes it as IPv6.</summary>
    public static bool Has(this IPNetwork range, IPAddress? address) =>
        address is not null && range.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
