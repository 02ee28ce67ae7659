using System.Collections;
using System.Text;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>
/// What an answer for everybody is found by. Quickly by the body as it was sent; else by what the body means, so that
/// clients who write it differently share an answer. Whatever more an answer depends on is a part of both, as the currency is;
/// a key of the shop's own has none.
/// </summary>
internal static class AnswerKey
{
    private const byte BeginOfObject = (byte)'{';

    /// <summary>Whether a body can be a key as it is. A key that is made begins with another letter.</summary>
    public static bool IsKey(ReadOnlySpan<byte> body) => body is [BeginOfObject, ..];

    /// <summary>A body, for prices in a currency: its code, which no body begins with, stands before it.</summary>
    public static byte[] Of(ReadOnlySpan<byte> body, string currency) =>
        [.. Encoding.ASCII.GetBytes(currency), .. body];

    /// <summary>What a request means: a list of its document, operation, variables and currency, in one spelling.</summary>
    public static byte[] Of(string document, string? operationName, Inputs? variables, string? currency)
    {
        using var buffer = JsonBuffer.Rent();
        var json = buffer.Json;
        json.WriteStartArray();
        json.WriteStringValue(document);
        json.WriteStringValue(string.IsNullOrEmpty(operationName) ? null : operationName);
        ResultWriter.WriteValue(json, Sorted(variables));
        json.WriteStringValue(currency);
        json.WriteEndArray();
        return buffer.Bytes.ToArray();
    }

    // As deep as requests may be nested. 1 and 1.0 stay two, which costs an answer and no more.
    private static object? Sorted(object? value) =>
        value switch
        {
            string => value,
            IEnumerable<KeyValuePair<string, object?>> members => members
                .OrderBy(member => member.Key, StringComparer.Ordinal)
                .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value))),
            IEnumerable items => items.Cast<object?>().Select(Sorted),
            _ => value,
        };
}

/// <summary>Compares keys by their bytes; a body needs no copy to be looked up.</summary>
internal sealed class SameBytes
    : IEqualityComparer<byte[]>,
        IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    // Seeded anew in each process: no client can choose bodies that collide.
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
