using System.Buffers.Text;
using System.Text;
using Shop.GraphQL.Engine.Documents;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>An id as clients see it: opaque, and naming its type, so that no id can be used for another kind of thing.</summary>
/// <param name="Type">The GraphQL type, such as <c>Order</c>.</param>
/// <param name="Key">What the owning context calls it: a Snowflake in decimal, or a secret.</param>
internal readonly record struct GlobalId(string Type, string Key)
{
    // Ours are at most 60 characters; anything longer is not worth decoding.
    private const int MaxLength = 256;

    /// <summary>The id of a row, under the type its context gave it.</summary>
    public static GlobalId Of<TId>(TId id)
        where TId : struct => IdKinds.Write(id);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out GlobalId id)
    {
        id = default;
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var colon = plain.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == plain.Length - 1 || !SentText.IsFit(plain))
        {
            return false;
        }

        id = new(plain[..colon], plain[(colon + 1)..]);
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidIdError">It is none of ours.</exception>
    public static GlobalId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new InvalidIdError(text, "anything in this shop");

    /// <summary>The row's own id.</summary>
    /// <exception cref="InvalidIdError">It names another type, or no row could have this key.</exception>
    public TId To<TId>()
        where TId : struct => IdKinds.Read<TId>(this);

    /// <summary>base64url of <c>Type:key</c>.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Type}:{Key}"));
}
