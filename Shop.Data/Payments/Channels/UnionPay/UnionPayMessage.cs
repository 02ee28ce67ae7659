using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>A message of ACP 5.1.0: fields by name, in ordinal order, with a signature among them.</summary>
internal sealed class UnionPayMessage : SortedDictionary<string, string>
{
    /// <summary>Name of the field that is not signed.</summary>
    public const string Signature = "signature";

    /// <summary>A message without fields.</summary>
    public UnionPayMessage()
        : base(StringComparer.Ordinal) { }

    /// <summary>
    /// What is signed, by RSA with SHA-256 once more: the SHA-256, in lower hex, of all fields that are not empty but the signature.
    /// </summary>
    public byte[] SignedText()
    {
        var text = string.Join(
            '&',
            this.Where(field => field.Key != Signature && field.Value.Length > 0)
                .Select(field => $"{field.Key}={field.Value}")
        );
        return Encoding.ASCII.GetBytes(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))
        );
    }

    /// <summary>A field; null where it is missing or empty.</summary>
    public string? Text(string name) => TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A field that is a whole number; null where it is none.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Reads an answer: <c>k=v&amp;k=v</c>, nothing of it encoded, values in braces with fields of their own.</summary>
    /// <returns>Null where it is no such text.</returns>
    public static UnionPayMessage? ReadAnswer(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        var message = new UnionPayMessage();
        var (start, depth) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || text[at] == '&' && depth == 0)
            {
                if (!message.Take(text[start..at], value => value))
                {
                    return null;
                }

                start = at + 1;
            }
            else
            {
                depth += text[at] switch
                {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
            }
        }

        return message;
    }

    /// <summary>Reads a notice: a form, as browsers write one. Values are decoded once, and nothing of them is trimmed.</summary>
    /// <returns>Null where it is no form, or says one thing twice.</returns>
    public static UnionPayMessage? ReadForm(ReadOnlySpan<byte> body)
    {
        var message = new UnionPayMessage();
        return Encoding
            .UTF8.GetString(body)
            .Split('&')
            .All(field => message.Take(field, WebUtility.UrlDecode))
            ? message
            : null;
    }

    private bool Take(string field, Func<string, string?> decode)
    {
        var equals = field.IndexOf('=');
        return equals > 0 && this.TryAdd(field[..equals], decode(field[(equals + 1)..]) ?? "");
    }
}
