using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Carts;

/// <summary>
/// A change of a cart that its client may send again, because no answer came: it is done once, and answered each time with the
/// cart as it is. A cart remembers its last 50 such calls; one that was refused is none.
/// </summary>
/// <param name="Key">Chosen by the client.</param>
/// <param name="Hash">8 bytes of a hash of what is asked: with the same key, something else is a conflict.</param>
public sealed record CartCall(Guid Key, byte[] Hash)
{
    /// <summary>Null where the client has given no key.</summary>
    /// <param name="key">The client's.</param>
    /// <param name="verb">What is to be done.</param>
    /// <param name="input">All that the client has sent with it: a record of values.</param>
    public static CartCall? Of<TInput>(Guid? key, string verb, TInput input) =>
        key is { } given ? new(given, Fingerprint.Of(verb, StoredJson.Write(input))[..8]) : null;
}
