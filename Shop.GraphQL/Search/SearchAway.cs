using Shop.Data.Search.Finding;

namespace Shop.GraphQL.Search;

/// <summary>Tells clients that what searches is away, and when to ask again.</summary>
internal static class SearchAway
{
    /// <exception cref="RetryLater">It is.</exception>
    public static async Task<T> TellAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SearchAwayException away)
        {
            throw new RetryLater(
                "Products cannot be searched at the moment; send the same request again after `retryAfter` seconds.",
                away
            )
            {
                Code = ErrorCode.SearchUnavailable,
                RetryAfter = (int)away.RetryAfter.TotalSeconds,
            };
        }
    }
}
