using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// What the answer to a GET says to browsers and CDNs. One that is the same for everybody may be kept for a while, and is
/// asked for again by its tag; any other must not be kept.
/// </summary>
internal static class PublicCaching
{
    /// <summary>Says that the answer must not be kept.</summary>
    public static void Forbid(HttpResponse response) => response.Headers.CacheControl = "private, no-store";

    /// <summary>Says that everyone may keep the answer.</summary>
    /// <param name="http">The request and its answer, which has not begun.</param>
    /// <param name="body">All of the answer.</param>
    /// <param name="maxAge">For how long it may be shown without asking again.</param>
    /// <returns>Whether the client has this very answer, and needs no other.</returns>
    public static bool Allow(HttpContext http, ReadOnlySpan<byte> body, TimeSpan maxAge)
    {
        var headers = http.Response.Headers;
        var tag = TagOf(body);
        headers.CacheControl = $"public, max-age={(long)maxAge.TotalSeconds}";
        headers.ETag = tag.ToString();
        // The same address answers in two media types, lets in pages of other origins, one by one, tells who is in a group of
        // customers other prices, and prices in the currency that is asked for.
        headers.Vary =
            $"{HeaderNames.Accept}, {HeaderNames.Origin}, {HeaderNames.Authorization}, {AskedCurrency.Name}";
        return http
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(known =>
                known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)
            );
    }

    // Weak: proxies pack answers, and both media types have the same words.
    private static EntityTagHeaderValue TagOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new($"\"{Convert.ToHexStringLower(hash[..16])}\"", isWeak: true);
    }
}
