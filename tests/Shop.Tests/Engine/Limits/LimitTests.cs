using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Events;
using Shop.GraphQL.Engine.Limits;
using Shop.Tests.Engine.Schema;

namespace Shop.Tests.Engine.Limits;

/// <summary>Each limit is asked twice: a document that is known is held to it like a new one.</summary>
public sealed class LimitTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    private static readonly GraphLimits _defaults = new();

    [Fact]
    public async Task A_known_document_costs_what_its_variables_make_of_it()
    {
        await using var small = new LibraryGraph(new LibraryModule(), ("GraphQL:Limits:MaxCost", "100"));
        const string Query = "query ($n: Int) { books(first: $n) { nodes { title } } }";

        var answer = await small.RunAsync(Query, new { n = 30 });
        Assert.False(answer.TryGetProperty("errors", out _));
        Assert.Equal(
            """{"cost":{"requested":41,"limit":100}}""",
            answer.GetProperty("extensions").ToString()
        );

        foreach (var _ in Enumerable.Range(0, 2))
        {
            answer = await small.RunAsync(Query, new { n = 100 });
            Assert.False(answer.TryGetProperty("data", out var _));
            Assert.Equal(("COST_EXCEEDED", "COST", 100, 111), Excess(answer));
            Assert.Equal(
                """{"cost":{"requested":111,"limit":100}}""",
                answer.GetProperty("extensions").ToString()
            );
        }

        await small.DataAsync(Query, new { n = 89 });
    }

    [Fact]
    public async Task A_document_that_costs_the_same_each_time_is_refused_each_time()
    {
        await using var small = new LibraryGraph(new LibraryModule(), ("GraphQL:Limits:MaxCost", "100"));
        const string Query =
            "query A { books(first: 89) { nodes { title } } } query B { books(first: 90) { nodes { title } } }";

        foreach (var (operation, requested) in new[] { ("A", 0), ("B", 101), ("A", 0), ("B", 101) })
        {
            var result = await small.Engine.ExecuteAsync(
                new ExecutionOptions
                {
                    Query = Query,
                    OperationName = operation,
                    UserContext = new Caller(OperationKinds.Query),
                    RequestServices = small.Services,
                }
            );

            Assert.Equal(
                requested == 0 ? [] : [$"A request may cost 100; this one costs {requested}."],
                (result.Errors ?? []).Select(error => error.Message)
            );
        }
    }

    [Fact]
    public async Task An_answer_tells_fifty_errors_and_how_many_there_are()
    {
        var wrong = string.Concat(Enumerable.Repeat("@nothing ", 1_200));

        var answer = await graph.RunAsync($"{{ __typename {wrong} }}");

        var errors = answer.GetProperty("errors");
        Assert.Equal(51, errors.GetArrayLength());
        var last = errors[50].GetProperty("extensions");
        Assert.Equal("LIMIT_EXCEEDED", last.GetProperty("code").GetString());
        Assert.Equal("ERRORS", last.GetProperty("limit").GetString());
        Assert.True(last.GetProperty("requested").GetInt32() >= 1_200);
    }

    [Fact]
    public async Task A_message_quotes_a_thousand_characters_at_most()
    {
        var (code, message) = await graph.ErrorAsync(
            "query($id: ID!) { node(id: $id) { id } }",
            new { id = new string('x', 5_000) }
        );

        Assert.Equal("INVALID_ID", code);
        Assert.Equal(1_001, message.Length);
    }

    [Fact]
    public async Task The_schema_for_composers_costs_what_it_weighs()
    {
        static string Times(int count) =>
            $"{{ {string.Join(' ', Enumerable.Range(0, count).Select(n => $"a{n}: _service {{ sdl }}"))} }}";

        await graph.DataAsync(Times(4));

        Assert.Equal("COST_EXCEEDED", (await graph.ErrorAsync(Times(5))).Code);
    }

    [Theory]
    [InlineData("DEPTH", 20, 21, "{ book(by: { title: \"Volume 1\" }) { ~20 } }")]
    // Past counting.
    [InlineData("DEPTH", 20, 21, "{ book(by: { title: \"Volume 1\" }) { ~900 } }")]
    [InlineData("ALIASES", 100, 101, "{ @101 }")]
    [InlineData("SELECTIONS", 500, 501, "{ =501 }")]
    [InlineData("SELECTIONS", 500, 502, "{ ...A } fragment A on Query { =251 } fragment B on Query { =250 }")]
    [InlineData(
        "SELECTIONS",
        500,
        505,
        "{ book(by: { title: \"Volume 1\" }) { ...A ...A } } fragment A on Book { =251 }"
    )]
    [InlineData("ROOT_FIELDS", 50, 51, "{ @51 }")]
    [InlineData("ROOT_MUTATIONS", 4, 5, "mutation { #5 }")]
    [InlineData("VARIABLES", 100, 101, "query ( $101 ) { __typename }")]
    [InlineData(
        "INTROSPECTION_DEPTH",
        2,
        3,
        "{ __schema { types { fields { type { fields { type { possibleTypes { name } } } } } } } }"
    )]
    public async Task A_document_that_is_too_large_is_refused_with_the_number(
        string limit,
        int allowed,
        int requested,
        string template
    )
    {
        var document = DocumentTests.Expand(template);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(
                ("LIMIT_EXCEEDED", limit, allowed, requested),
                Excess(await graph.RunAsync(document))
            );
        }
    }

    [Fact]
    public async Task Variables_hold_only_so_many_values()
    {
        const string Query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        var ids = Enumerable.Repeat("Qm9vazox", 100);
        await graph.DataAsync(Query, new { ids });

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(
                ("LIMIT_EXCEEDED", "VARIABLE_VALUES", 5000, 5003),
                Excess(
                    await graph.RunAsync(Query, new { ids, more = new { of = Enumerable.Range(0, 4900) } })
                )
            );
        }
    }

    [Fact]
    public async Task A_list_holds_only_so_many_items_whoever_sends_it()
    {
        const string Query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        await graph.DataAsync(Query, new { ids = Enumerable.Repeat("Qm9vazox", 100) });

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (code, message) = await graph.ErrorAsync(
                Query,
                new { ids = Enumerable.Repeat("Qm9vazox", 101) }
            );

            Assert.Equal("VALIDATION_FAILED", code);
            Assert.Contains(
                "At most 100 items are allowed; there are 101.",
                message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("{ __schema { queryType { name } } }")]
    [InlineData("{ book(by: { title: \"Volume 1\" }) { title } __type(name: \"Book\") { name } }")]
    [InlineData("{ ...I } fragment I on Query { __schema { queryType { name } } }")]
    public async Task The_schema_need_not_be_told(string query)
    {
        await using var silent = new LibraryGraph(
            new LibraryModule(),
            ("GraphQL:Limits:Introspection", "false")
        );

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("INTROSPECTION_DISABLED", (await silent.ErrorAsync(query)).Code);
            Assert.Equal(
                "Query",
                (await silent.DataAsync("{ __typename }")).GetProperty("__typename").GetString()
            );
            await graph.DataAsync(query);
        }
    }

    [Fact]
    public async Task An_operation_that_takes_too_long_is_given_up()
    {
        const string Query =
            "query ($wait: Boolean!) { book(by: { title: \"Volume 1\" }) { title opened @include(if: $wait) } }";
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await graph.DataAsync(Query, new { wait = false });
            var tooLong = graph.ErrorAsync(Query, new { wait = true });
            await graph.Library.Tries.WaitAsync();

            graph.Clock.Advance(_defaults.Timeout);

            Assert.Equal("TIMEOUT", (await tooLong).Code);
        }
    }

    [Fact]
    public async Task An_event_that_takes_too_long_is_given_up_and_the_next_one_is_not()
    {
        var result = await graph.Engine.ExecuteAsync(
            new ExecutionOptions
            {
                Query = "subscription { bookRenamed { title opened } }",
                UserContext = new Caller(OperationKinds.All),
                RequestServices = graph.Services,
            }
        );
        await using var events = result.Events().ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        var next = events.MoveNextAsync();
        await graph.Library.ReadersAsync(1);

        graph.Library.Rename(Book.Of(1));
        await graph.Library.Tries.WaitAsync();
        graph.Clock.Advance(_defaults.Timeout);
        graph.Library.Rename(Book.Of(2) with { Title = Library.Open });

        Assert.True(await next);
        Assert.IsType<TimeoutError>(Assert.Single(events.Current.Errors!));
        Assert.True(await events.MoveNextAsync());
        Assert.Null(events.Current.Errors);
    }

    private static (string Code, string Limit, int Allowed, int Requested) Excess(JsonElement answer)
    {
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions");
        return (
            error.GetProperty("code").GetString()!,
            error.GetProperty("limit").GetString()!,
            error.GetProperty("allowed").GetInt32(),
            error.GetProperty("requested").GetInt32()
        );
    }
}
