namespace Shop.Tests.Admission;

/// <summary>What rules count, and what clients cannot do about it.</summary>
public sealed class RuleTests
{
    private const string Me = "{ me { name } }";

    [Fact]
    public async Task A_flow_lets_in_what_may_come_at_once_and_then_what_comes_in()
    {
        await using var library = await RuledLibrary.OpenAsync(
            """{ "version": "1", "flow": [{ "id": "me", "operation": "me", "perSecond": 2, "burst": 3 }] }"""
        );

        Assert.Equal([null, null, null, "me"], await AskAsync(library, 4, Me));
        library.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([null, null, "me"], await AskAsync(library, 3, Me));
        Assert.Equal((5, 2), Counts(library, "me"));
    }

    [Theory]
    // A name of its own, an alias, a fragment: it is the same field.
    [InlineData("query Innocent { me { name } }")]
    [InlineData("{ you: me { name } }")]
    [InlineData("{ ...All } fragment All on Query { me { name } }")]
    // Twice is twice.
    [InlineData("{ me { name } too: me { name } }")]
    public async Task A_flow_counts_a_field_whatever_it_is_called(string query)
    {
        await using var library = await RuledLibrary.OpenAsync(
            """{ "version": "1", "flow": [{ "id": "me", "operation": "me", "perSecond": 0.1, "burst": 3 }] }"""
        );

        await AskAsync(library, 2, Me);
        Assert.Equal(
            query.Contains("too", StringComparison.Ordinal) ? ["me"] : [null, "me"],
            await AskAsync(library, query.Contains("too", StringComparison.Ordinal) ? 1 : 2, query)
        );
    }

    [Fact]
    public async Task What_is_answered_from_memory_asks_nobody_and_who_asks_for_something_new_is_refused()
    {
        const string query = "query Named($title: String!) { book(by: {title: $title}) { title } }";
        await using var library = await RuledLibrary.OpenAsync(
            """{ "version": "1", "flow": [{ "id": "book", "operation": "book", "perSecond": 0.1, "burst": 2 }] }"""
        );
        var one = new { title = "Volume 1" };

        // A document that is new is run for its sender; then the answer is kept.
        Assert.Null(await library.RefusedByAsync(query, one));
        for (var asked = 0; asked < 5; asked++)
        {
            Assert.Null(await library.RefusedByAsync(query, one));
        }

        Assert.Equal("book", await library.RefusedByAsync(query, new { title = "Volume 2" }));
        Assert.Null(await library.RefusedByAsync(query, one));
        Assert.Equal((2, 1), Counts(library, "book"));
    }

    [Fact]
    public async Task A_value_counts_by_itself_wherever_it_is_written()
    {
        await using var library = await RuledLibrary.OpenAsync(
            """
            { "version": "1", "hot": [{
                "id": "title", "operation": "book", "value": "by.title", "perSecond": 0.1, "burst": 1, "except": { "Volume 7": 2 }
            }] }
            """
        );

        Assert.Null(await library.RefusedByAsync("""{ book(by: {title: "Volume 1"}) { title } }"""));
        string?[] same =
        [
            await library.RefusedByAsync("""{ x: book(by: {title: "Volume 1"}) { title } }"""),
            await library.RefusedByAsync(
                "query($t: String!) { book(by: {title: $t}) { title } }",
                new { t = "Volume 1" }
            ),
            await library.RefusedByAsync(
                "query($by: BookBy!) { book(by: $by) { title } }",
                new { by = new { title = "Volume 1" } }
            ),
            await library.RefusedByAsync(
                """query($t: String! = "Volume 1") { book(by: {title: $t}) { title } }"""
            ),
        ];
        Assert.All(same, rule => Assert.Equal("title", rule));
        Assert.Null(await library.RefusedByAsync("""{ book(by: {title: "Volume 2"}) { title } }"""));
        Assert.Null(
            await library.RefusedByAsync(
                """{ a: book(by: {title: "Volume 7"}) { title } b: book(by: {title: "Volume 7"}) { title } }"""
            )
        );
        Assert.Equal(
            "title",
            await library.RefusedByAsync("""{ c: book(by: {title: "Volume 7"}) { title } }""")
        );
    }

    [Fact]
    public async Task A_guest_has_so_many_points_and_takes_nothing_from_others_when_they_are_spent()
    {
        const string flow =
            """ "flow": [{ "id": "me", "operation": "me", "perSecond": 0.001, "burst": 4 }] """;
        await using var library = await RuledLibrary.OpenAsync(
            $$"""{ "version": "1", {{flow}}, "subjects": [{ "id": "guest", "who": "guest", "points": 22, "perSecond": 11 }] }"""
        );

        // Each costs eleven.
        Assert.Equal([null, null, "guest", "guest", "guest"], await AskAsync(library, 5, Me));
        library.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([null, "guest"], await AskAsync(library, 2, Me));

        library.Write($$"""{ "version": "2", {{flow}} }""");
        Assert.Equal([null, "me"], await AskAsync(library, 2, Me));
    }

    [Fact]
    public async Task What_costs_more_than_all_points_is_let_in_once_they_are_there_and_paid_off()
    {
        await using var library = await RuledLibrary.OpenAsync(
            """{ "version": "1", "subjects": [{ "id": "any", "points": 5, "perSecond": 1 }] }"""
        );

        Assert.Equal([null, "any"], await AskAsync(library, 2, Me));
        library.Host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["any"], await AskAsync(library, 1, Me));
        library.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([null], await AskAsync(library, 1, Me));
    }

    [Theory]
    [InlineData(""" "address": "127.0.0.0/8" """, "x")]
    [InlineData(""" "address": "127.0.0.1", "who": "guest" """, "x")]
    [InlineData(""" "who": "guest" """, "x")]
    [InlineData(""" "who": "customer" """, null)]
    [InlineData(""" "address": "127.0.0.0/8", "who": "staff" """, null)]
    [InlineData(""" "address": "203.0.113.0/24" """, null)]
    [InlineData(""" "address": "::1" """, null)]
    public async Task Whom_a_rule_denies_nothing_is_answered(string whom, string? rule)
    {
        await using var library = await RuledLibrary.OpenAsync(
            $$"""{ "version": "1", "deny": [{ "id": "x", {{whom}} }] }"""
        );

        Assert.Equal(rule, await library.RefusedByAsync(Me));
    }

    private static (long, long) Counts(RuledLibrary library, string rule)
    {
        var state = library.Rules.Book.States.Single(state => state.Id == rule);
        return (state.Taken, state.Refused);
    }

    private static async Task<IReadOnlyList<string?>> AskAsync(RuledLibrary library, int times, string query)
    {
        var rules = new List<string?>();
        for (var asked = 0; asked < times; asked++)
        {
            rules.Add(await library.RefusedByAsync(query));
        }

        return rules;
    }
}
