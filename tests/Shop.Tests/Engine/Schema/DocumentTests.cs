using GraphQL;
using Shop.GraphQL.Engine.Documents;

namespace Shop.Tests.Engine.Schema;

public sealed class DocumentTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    [Fact]
    public async Task A_known_document_is_still_checked_for_what_changes_from_time_to_time()
    {
        const string Query =
            "query ($first: Int, $last: Int) { books(first: $first, last: $last) { nodes { title } } }";
        await graph.DataAsync(Query, new { first = 1 });
        await graph.DataAsync(Query, new { last = 1 });

        Assert.Contains(
            "between 1 and 100",
            (await graph.ErrorAsync(Query, new { first = 1000 })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "not both",
            (await graph.ErrorAsync(Query, new { first = 1, last = 1 })).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("VALIDATION_FAILED", (await graph.ErrorAsync(Query, new { first = "one" })).Code);
    }

    [Fact]
    public async Task A_known_mutation_is_still_refused_where_only_queries_are_served()
    {
        const string Mutation =
            """mutation { bookRename(input: { id: "Qm9vazox", title: "New" }) { book { title } } }""";
        await graph.DataAsync(Mutation);

        var result = await graph.Engine.ExecuteAsync(
            new ExecutionOptions { Query = Mutation, UserContext = new Caller(OperationKinds.Query) }
        );

        Assert.IsType<OperationNotAllowed>(Assert.Single(result.Errors!));
    }

    [Fact]
    public async Task A_document_may_be_only_so_long()
    {
        var error = await graph.ErrorAsync("{ __typename }" + new string(' ', 20_000));

        Assert.Equal(("LIMIT_EXCEEDED", "A document may have 20000 characters; it has 20014."), error);
    }

    [Fact]
    public async Task Fragments_that_multiply_without_end_are_counted_at_once()
    {
        var fragments = Enumerable
            .Range(0, 60)
            .Select(n => $"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}");
        var query = $"{{ ...F0 }} {string.Join(' ', fragments)} fragment F60 on Query {{ a: __typename }}";

        Assert.Contains("has 1000000", (await graph.ErrorAsync(query)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "SYNTAX_ERROR", "Expected Name")]
    [InlineData("{ titel }", "VALIDATION_FAILED", "Cannot query field 'titel' on type 'Query'.")]
    [InlineData("{ book { id } }", "VALIDATION_FAILED", "Argument 'by' of type 'BookBy!' is required")]
    [InlineData("query A { __typename } query B { __typename }", "OPERATION_NOT_FOUND", "operation name")]
    [InlineData(
        "{ book(by: { id: \"Qm9vazox\", title: \"Volume 1\" }) { id } }",
        "VALIDATION_FAILED",
        "argument 'by' of field 'book'"
    )]
    [InlineData("query ($i: Int!) { books(first: $i) { nodes { id } } }", "VALIDATION_FAILED", "$i")]
    [InlineData("subscription { count(to: 3) }", "OPERATION_NOT_ALLOWED", "needs a WebSocket")]
    [InlineData(
        "mutation { bookRename(input: { id: \"Qm9vazox\", title: \"01234567890123456789012345678901234567890\" }) { book { id } } }",
        "VALIDATION_FAILED",
        "At most 40 characters"
    )]
    public async Task A_mistake_is_told_in_words(string query, string code, string message)
    {
        var error = await graph.ErrorAsync(query);

        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_keeps_what_is_used_and_stays_small()
    {
        var cache = new GenerationCache<int, string>(capacity: 10);
        cache.Set(-1, "used");
        foreach (var number in Enumerable.Range(0, 100))
        {
            cache.Set(number, "once");
            Assert.True(cache.TryGet(-1, out _));
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(number => cache.TryGet(number, out _)), 1, 10);
    }

    /// <summary>~n: nested sequels, n fields deep; @n: n aliases; =n: one field n times; $n: n variables; #n: n mutations.</summary>
    internal static string Expand(string template) =>
        string.Join(
            ' ',
            template
                .Split(' ')
                .Select(word =>
                    word[0] switch
                    {
                        '~' => Nest(int.Parse(word[1..], null)),
                        '@' => string.Join(
                            ' ',
                            Enumerable.Range(0, int.Parse(word[1..], null)).Select(n => $"a{n}: __typename")
                        ),
                        '=' => string.Join(' ', Enumerable.Repeat("__typename", int.Parse(word[1..], null))),
                        '$' => string.Join(
                            ' ',
                            Enumerable.Range(0, int.Parse(word[1..], null)).Select(n => $"$v{n}: Int")
                        ),
                        '#' => string.Join(
                            ' ',
                            Enumerable
                                .Range(0, int.Parse(word[1..], null))
                                .Select(n =>
                                    $$"""m{{n}}: bookRename(input: { id: "Qm9vazox", title: "T" }) { book { id } }"""
                                )
                        ),
                        _ => word,
                    }
                )
        );

    private static string Nest(int fields) => fields == 1 ? "id" : $"sequel {{ {Nest(fields - 1)} }}";
}
