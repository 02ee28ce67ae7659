using System.Net;
using System.Text.Json;

namespace Shop.Tests.Transport.Cache;

/// <summary>Which answers are kept, for whom and for how long, as clients see it.</summary>
public sealed class PublicAnswersTests
{
    private const string Headline = "{ headline }";

    [Fact]
    public async Task What_everybody_may_read_is_read_once_for_all_of_them()
    {
        await using var kiosk = await OpenAsync(Headline);

        var first = await kiosk.AskAsync(Headline);
        var second = await kiosk.AskAsync(Headline);
        var ada = await kiosk.AskAsync(Headline, credential: "Bearer ada");

        Assert.Equal(first, second);
        Assert.Equal(first, ada);
        Assert.Contains("\"headline\":\"2 ", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_it_is_written_the_same_question_has_the_same_answer()
    {
        await using var kiosk = await OpenAsync("query A($x: String) { headline(about: $x) }");

        foreach (
            var body in new[]
            {
                """{"query":"query A($x: String) { headline(about: $x) }","variables":{"x":"tea"}}""",
                """{ "variables": { "x": "tea" }, "query": "query A($x: String) { headline(about: $x) }" }""",
                """{"operationName":"","extensions":null,"query":"query A($x: String) { headline(about: $x) }","variables":{"x":"\u0074ea"}}""",
            }
        )
        {
            Assert.Contains("\"headline\":\"2 ", await kiosk.SendAsync(body), StringComparison.Ordinal);
        }

        Assert.Equal(2, kiosk.Reads);
    }

    [Fact]
    public async Task Whether_a_document_is_named_or_sent_the_answer_is_the_same()
    {
        await using var kiosk = await OpenAsync();

        // It was known before anybody asked.
        var named = await kiosk.SendAsync($$"""{"documentId":"sha256:{{Kiosk.Registered.Id}}"}""");
        var sent = await kiosk.AskAsync(Kiosk.Registered.Text);

        Assert.Contains("\"headline\":\"1 ", named, StringComparison.Ordinal);
        Assert.Equal(named, sent);
    }

    [Fact]
    public async Task However_its_variables_are_ordered_the_same_question_has_the_same_answer()
    {
        const string Query = "query($a: CornerInput!, $b: String) { headline(about: $b) corner(of: $a) }";
        string[] variables =
        [
            """{"a":{"p":1,"q":[1,2]},"b":"tea"}""",
            """{"b":"tea","a":{"q":[1,2],"p":1}}""",
            """{"b":"tea","a":{"q":[2,1],"p":1}}""",
        ];
        await using var kiosk = await OpenAsync();
        var answers = new List<string>();
        foreach (var each in variables.Prepend(variables[0]))
        {
            answers.Add(await kiosk.SendAsync($$"""{"query":"{{Query}}","variables":{{each}}}"""));
        }

        var (one, same, other) = (answers[1], answers[2], answers[3]);
        Assert.Contains("3 tea", one, StringComparison.Ordinal);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task Another_question_has_another_answer()
    {
        const string Query =
            "query A($x: String) { headline(about: $x) } query B($x: String) { a: headline(about: $x) }";
        await using var kiosk = await OpenAsync();
        var bodies = new[]
        {
            Body(Query, "A", new { x = "tea" }),
            Body(Query, "B", new { x = "tea" }),
            Body(Query, "A", new { x = "Tea" }),
            Body(Query, "A", new { x = (string?)null }),
            Body(Query, "A", new { }),
            Body(Query + " ", "A", new { x = "tea" }),
        };
        // Known from here on.
        await kiosk.SendAsync(bodies[0]);
        await kiosk.SendAsync(bodies[^1]);

        var answers = new List<string>();
        foreach (var body in bodies.Concat(bodies))
        {
            answers.Add(await kiosk.SendAsync(body));
        }

        Assert.Equal(bodies.Length, answers.Distinct().Count());
        Assert.Equal(answers.Take(bodies.Length), answers.Skip(bodies.Length));
    }

    [Theory]
    [InlineData("""{"query":"{ me }"}""")]
    [InlineData("""{"query":"{ headline me }"}""")]
    [InlineData("""{"query":"{ headline ...F } fragment F on Query { me }"}""")]
    [InlineData("""{"query":"query A { headline } query B { me }","operationName":"B"}""")]
    [InlineData("""{"query":"query($no: Boolean = true) { headline me @skip(if: $no) }"}""")]
    [InlineData("""{"query":"mutation { buy }"}""")]
    [InlineData("""[{"query":"{ headline }"}]""")]
    [InlineData("""{"query":"{ headline torn }"}""")]
    public async Task What_depends_on_who_asks_or_is_not_whole_is_never_kept(string body)
    {
        await using var kiosk = await OpenAsync(Headline);
        for (var asked = 0; asked < 3; asked++)
        {
            var before = kiosk.Reads;
            await kiosk.SendAsync(body, asked == 1 ? "Bearer ada" : null);

            Assert.NotEqual(before, kiosk.Reads);
        }
    }

    [Fact]
    public async Task A_field_that_is_not_as_public_as_it_says_gives_nobody_away()
    {
        await using var kiosk = await OpenAsync();

        // The first one is run for who sent it; what may be kept is not.
        Assert.Contains(
            "1 Ada",
            await kiosk.AskAsync("{ liar }", null, "Bearer ada"),
            StringComparison.Ordinal
        );
        var ada = await kiosk.AskAsync("{ liar }", null, "Bearer ada");
        var guest = await kiosk.AskAsync("{ liar }");

        Assert.Contains("\"liar\":\"2 \"", ada, StringComparison.Ordinal);
        Assert.Equal(ada, guest);
    }

    [Fact]
    public async Task A_credential_that_is_not_accepted_does_not_get_a_kept_answer_either()
    {
        await using var kiosk = await OpenAsync(Headline, Headline);

        using var refused = await kiosk.PostAsync(Body(Headline), "Bearer eve");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_kept_answer_comes_in_the_form_that_is_asked_for()
    {
        await using var kiosk = await OpenAsync(Headline, Headline);
        foreach (var form in new[] { "application/json", "application/graphql-response+json" })
        {
            using var answer = await kiosk.PostAsync(Body(Headline), accept: form);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal($"{form}; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Contains(
                "\"headline\":\"2 ",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        using var events = await kiosk.PostAsync(Body(Headline), accept: "text/event-stream");
        Assert.Contains(
            "\"headline\":\"3 ",
            await events.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_get_and_a_post_share_an_answer()
    {
        await using var kiosk = await OpenAsync(Headline);

        Assert.Equal(await kiosk.GetAsync(Headline), await kiosk.AskAsync(Headline));
    }

    [Fact]
    public async Task A_fault_keeps_its_status_and_is_told_to_each_form()
    {
        await using var kiosk = await OpenAsync("query($x: Int) { headline }", "query($x: Int) { headline }");
        var wrong = Body("query($x: Int) { headline }", null, new { x = "tea" });

        using var json = await kiosk.PostAsync(wrong);
        using var precise = await kiosk.PostAsync(wrong, accept: "application/graphql-response+json");

        Assert.Equal((200, 400), ((int)json.StatusCode, (int)precise.StatusCode));
    }

    [Fact]
    public async Task A_change_that_is_told_empties_what_shows_it_and_nothing_else()
    {
        await using var kiosk = await OpenAsync(Headline, "{ left }", Headline, "{ left }");
        Assert.Equal(4, kiosk.Reads);

        kiosk.Changes.Tell(Kiosk.Copies);

        Assert.Contains("\"headline\":\"3 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
        Assert.Contains("\"left\":5", await kiosk.AskAsync("{ left }"), StringComparison.Ordinal);
        Assert.Contains("\"left\":5", await kiosk.AskAsync("{ left }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_while_a_replica_may_be_behind_is_good_until_it_has_caught_up()
    {
        await using var kiosk = await OpenAsync(("ReplicaLag", "00:00:00.250"), Headline);
        kiosk.Changes.Tell(Kiosk.News);
        kiosk.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Contains("\"headline\":\"2 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);

        kiosk.Clock.Advance(TimeSpan.FromMilliseconds(149));
        Assert.Contains("\"headline\":\"2 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
        kiosk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("\"headline\":\"3 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
        kiosk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("\"headline\":\"3 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_told_an_answer_is_good_for_its_lifetime()
    {
        await using var kiosk = await OpenAsync(("Lifetime", "00:00:03"), Headline, Headline);

        kiosk.Clock.Advance(TimeSpan.FromMilliseconds(2999));
        Assert.Contains("\"headline\":\"2 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
        kiosk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains("\"headline\":\"3 ", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_now_is_shown_as_it_was_in_the_last_minute_and_says_how_old_it_is()
    {
        await using var kiosk = await OpenAsync(Headline, Headline);
        kiosk.IsAway = true;
        kiosk.Clock.Advance(TimeSpan.FromSeconds(30));
        kiosk.Changes.Tell(Kiosk.News);

        using (var old = await kiosk.PostAsync(Body(Headline)))
        {
            Assert.Equal(TimeSpan.FromSeconds(30), old.Headers.Age);
            Assert.Contains(
                "\"headline\":\"2 ",
                await old.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        // What nobody has asked for is kept of nobody.
        Assert.Contains("THROTTLED", await kiosk.AskAsync("{ other: headline }"), StringComparison.Ordinal);
        kiosk.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("THROTTLED", await kiosk.AskAsync(Headline), StringComparison.Ordinal);

        kiosk.IsAway = false;
        using var now = await kiosk.PostAsync(Body(Headline));
        Assert.Null(now.Headers.Age);
        Assert.Contains("\"headline\":\"3 ", await now.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_is_not_wanted_what_cannot_be_read_now_is_refused()
    {
        await using var kiosk = await OpenAsync(("StaleFor", "00:00:00"), Headline, Headline);
        kiosk.IsAway = true;
        kiosk.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Contains("THROTTLED", await kiosk.AskAsync(Headline), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_it_keeps_nothing()
    {
        await using var kiosk = await OpenAsync(("Enabled", "false"), Headline, Headline, Headline);

        Assert.Equal(3, kiosk.Reads);
    }

    private static Task<Kiosk> OpenAsync(params string[] asked) => OpenAsync(settings: [], asked);

    private static Task<Kiosk> OpenAsync((string, string) setting, params string[] asked) =>
        OpenAsync([setting], asked);

    /// <summary>A kiosk that has been asked these, one after the other.</summary>
    private static async Task<Kiosk> OpenAsync((string, string)[] settings, string[] asked)
    {
        var kiosk = await Kiosk.OpenAsync(settings);
        foreach (var query in asked)
        {
            await kiosk.AskAsync(query);
        }

        return kiosk;
    }

    private static string Body(string query, string? operationName = null, object? variables = null) =>
        JsonSerializer.Serialize(
            new
            {
                query,
                operationName,
                variables,
            }
        );
}
