using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Shop.Channels.Wires;

/// <summary>RSA keys of 2,048 bits by name. Each is made once in a process: that takes longer than what is tried with it.</summary>
public static class RsaKeyPool
{
    private static readonly ConcurrentDictionary<string, Lazy<RSAParameters>> _made = new(
        StringComparer.Ordinal
    );

    /// <returns>The key of that name; the caller disposes of it.</returns>
    public static RSA Get(string name) => RSA.Create(_made.GetOrAdd(name, _ => new(Make)).Value);

    private static RSAParameters Make()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
