using System.Text.Json;
using Shop.GraphQL.Admission;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Admission;

/// <summary>Places among those that run, in a library that has one of them for readers.</summary>
public sealed class PlaceTests : IAsyncLifetime
{
    private const string Me = "{ me { name } }";

    private RuledLibrary _library = null!;

    public async ValueTask InitializeAsync() =>
        _library = await RuledLibrary.OpenAsync(Rules("1", atOnce: 1));

    [Fact]
    public async Task Who_finds_no_place_is_refused_and_has_used_up_nothing()
    {
        using var gone = new CancellationTokenSource();
        var reading = await ReadAsync(gone.Token);

        for (var asked = 0; asked < 3; asked++)
        {
            var refused = await AskAsync(Me);
            Assert.Equal("THROTTLED system", $"{Told(refused, "code")} {Told(refused, "rule")}");
            Assert.InRange(
                refused
                    .GetProperty("errors")[0]
                    .GetProperty("extensions")
                    .GetProperty("retryAfter")
                    .GetDouble(),
                0.8,
                1.2
            );
        }

        await LeaveAsync(gone, reading);
        // Of the three that the rule before gives, one was reading.
        Assert.Null(await _library.RefusedByAsync(Me));
        Assert.Null(await _library.RefusedByAsync(Me));
        Assert.Equal("me", await _library.RefusedByAsync(Me));
    }

    [Theory]
    [InlineData("{ broken }")]
    [InlineData("{ me { name } }")]
    [InlineData("mutation { bookRename(input: {id: \"x\", title: \"y\"}) { book { title } } }")]
    [InlineData("{ nothing }")]
    // Reads the same for all: it is run for those who wait for it.
    [InlineData("{ book(by: {title: \"Volume 1\"}) { title } }")]
    public async Task However_an_operation_ends_its_place_is_free(string query)
    {
        await AskAsync(query);
        await AskAsync(query);

        await FreeAsync();
    }

    [Fact]
    public async Task Each_operation_of_a_batch_has_its_place_and_a_subscription_that_stands_has_none()
    {
        using var answer = await _library.Host.PostAsync(
            JsonSerializer.Serialize(Enumerable.Repeat(new { query = "{ __typename }" }, 3))
        );
        Assert.DoesNotContain(
            "THROTTLED",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );

        using var watching = await _library.Host.QueryAsync(
            "subscription { bookRenamed { title } }",
            "text/event-stream"
        );
        await _library.Host.Library.ReadersAsync(1);
        await FreeAsync();
        Assert.Null(await _library.RefusedByAsync(Me));
    }

    [Fact]
    public async Task The_limit_and_what_runs_outlast_the_file()
    {
        using var gone = new CancellationTokenSource();
        var reading = await ReadAsync(gone.Token);
        Assert.Equal("system", await _library.RefusedByAsync("{ __typename }"));

        _library.Write(Rules("2", atOnce: 2));
        Assert.Equal(1, System.Limit.Running);
        Assert.Null(await _library.RefusedByAsync("{ __typename }"));
        Assert.Equal((2, 1), (Browsing.State.Taken, Browsing.State.Refused));

        // Without a limit each has a place; who has one under the old file leaves it there.
        var before = System.Limit;
        _library.Write("""{ "version": "3" }""");
        Assert.Null(await _library.RefusedByAsync("{ __typename }"));
        await LeaveAsync(gone, reading);
        await Eventually.TrueAsync(() => before.Running == 0);
    }

    [Fact]
    public async Task That_a_class_is_shed_is_told_once_and_that_it_is_no_more()
    {
        using var gone = new CancellationTokenSource();
        var reading = await ReadAsync(gone.Token);
        for (var second = 0; second < 3; second++)
        {
            Assert.Equal("system", await _library.RefusedByAsync("{ __typename }"));
            _library.Rules.Look();
        }

        await LeaveAsync(gone, reading);
        for (var second = 0; second < 20; second++)
        {
            _library.Rules.Look();
        }

        Assert.Equal(
            [
                "1304 The shop is asked too much: of class browse not all are let in; 1 operations run, 1 may",
                "1305 All of class browse are let in again; 3 were not",
            ],
            Shedding()
        );
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    private SystemRule System => _library.Rules.Book.System!;

    private ClassRule Browsing => System.Classes[(int)WorkClass.Browse];

    private List<string> Shedding() =>
        [
            .. _library
                .Host.Log.Lines.Where(line =>
                    line.StartsWith("1304 ", StringComparison.Ordinal)
                    || line.StartsWith("1305 ", StringComparison.Ordinal)
                )
                .Select(line => line.TrimEnd()),
        ];

    private async Task<Task> ReadAsync(CancellationToken gone)
    {
        var reading = ReadUntilAsync(gone);
        await _library.Host.Library.Tries.WaitAsync(CancellationToken.None);
        return reading;
    }

    // Opens a book of which nobody ever finds out whether it can be, until they leave.
    private async Task ReadUntilAsync(CancellationToken gone)
    {
        using var body = new StringContent(
            """{ "query": "{ me { name } book(by: {title: \"Volume 7\"}) { opened } }" }""",
            global::System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await _library.Host.Client.PostAsync(_library.Host.Address, body, gone);
    }

    private async Task LeaveAsync(CancellationTokenSource gone, Task reading)
    {
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await FreeAsync();
    }

    // An answer is on its way before its place is free.
    private async Task FreeAsync()
    {
        if (_library.Rules.Book.System is { Limit: var limit })
        {
            await Eventually.TrueAsync(() => limit.Running == 0);
        }
    }

    private async Task<JsonElement> AskAsync(string query)
    {
        using var answer = await _library.Host.QueryAsync(query);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    private static string? Told(JsonElement answer, string name) =>
        answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty(name).GetString();

    private static string Rules(string version, int atOnce) =>
        $$"""
            { "version": "{{version}}", "flow": [{ "id": "me", "operation": "me", "perSecond": 0.001, "burst": 3 }],
              "system": { "min": {{atOnce}}, "max": {{atOnce}} } }
            """;
}
