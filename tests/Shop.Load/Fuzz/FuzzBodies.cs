using System.Text;

namespace Shop.Load.Fuzz;

/// <summary>Writes requests as bodies: most as they should be, some with bytes that are none of JSON's.</summary>
internal sealed class FuzzBodies(FuzzDocuments documents, Random random)
{
    private static readonly string[] _oddities =
    [
        "",
        " ",
        "null",
        "[]",
        "{}",
        "7",
        "\"{ __typename }\"",
        """{"query": 7}""",
        """{"query": null}""",
        """{"query": ""}""",
        """{"query": "{ __typename }", "variables": []}""",
        """{"query": "{ __typename }", "variables": {"a": 1e400}}""",
        """{"query": "{ __typename }", "variables": {"a": "\ud83d"}}""",
        """{"query": "{ __typename }", "variables": {"\ud83d": 1}}""",
        """{"query": "{ __typename }", "variables": {"\u0000": 1}}""",
        """{"query": "{ __typename }", "operationName": "\ude00"}""",
        """{"query": "{ __typename }", "extensions": {"a": "\ud83d"}}""",
        """{"query": "{ __typename }", "\ud83d": 1}""",
        """{"\u0071uery": "{ __typename }"}""",
        """{"query": "{ __typename }", "query": "{ a }"}""",
        """{"query": "{ __typename }"} {}""",
        """{"documentId": "a\u0000"}""",
        """{"documentId": "sha256:", "query": "{ __typename }"}""",
        """{"extensions": {"persistedQuery": 7}}""",
        """{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "\ud83d"}}}""",
        """{"extensions": {"persistedQuery": {"version": 1e400, "sha256Hash": ""}}}""",
        $$$"""{"query": "{ __typename }", "variables": {"a": {{{new string('9', 250_000)}}}}}""",
        $$$"""{"query": "{ __typename }", "variables": {"a": {{{new string('[', 200)}}}{{{new string(']', 200)}}}}}""",
        $$"""{"query": "{{new string('{', 20_000)}}"}""",
        $$"""{"query": "{ {{new string('a', 19_990)}} "}""",
    ];

    /// <summary>The next body, and whether its event stream would have to be waited for.</summary>
    public (byte[] Body, bool IsSubscription) Next()
    {
        if (random.Next(40) == 0)
        {
            return (Encoding.UTF8.GetBytes(_oddities[random.Next(_oddities.Length)]), false);
        }

        if (random.Next(12) == 0)
        {
            var batch = Enumerable.Range(0, random.Next(1, 12)).Select(_ => documents.Next().Json);
            return (Damaged($"[{string.Join(", ", batch)}]"), false);
        }

        var request = documents.Next();
        return (Damaged(request.Json), request.IsSubscription);
    }

    private byte[] Damaged(string json)
    {
        var body = Encoding.UTF8.GetBytes(random.Next(12) == 0 ? documents.Scribbled(json) : json);
        if (random.Next(12) == 0)
        {
            var at = random.Next(body.Length);
            switch (random.Next(4))
            {
                case 0:
                    return body[..at];
                case 1:
                    body[at] = 0xff;
                    break;
                case 2:
                    return [0xef, 0xbb, 0xbf, .. body];
                default:
                    random.NextBytes(body.AsSpan(at, Math.Min(3, body.Length - at)));
                    break;
            }
        }

        return body;
    }
}
