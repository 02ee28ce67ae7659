using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;
using Shop.GraphQL.Engine.Events;

namespace Shop.Tests.Engine.Events;

/// <summary>Many subscribers who are told of an event at the same moment.</summary>
public sealed class SharedEventsTests
{
    private readonly SharedEvents _events = new();
    private readonly TaskCompletionSource _mayRun = new();
    private int _runs;

    [Fact]
    public async Task Who_has_asked_the_same_gets_the_same_of_a_few_runs()
    {
        var page = Asked("subscription { stock { sku } }", "[]");

        var told = Enumerable.Range(0, 1000).Select(_ => TellAsync(page, "TEAPOT")).ToList();
        _mayRun.SetResult();
        var results = await Task.WhenAll(told);

        // The first two alone, then all others at once.
        Assert.Equal(3, _runs);
        Assert.Equal(3, results.Distinct().Count());
    }

    [Fact]
    public async Task Another_document_other_variables_and_another_event_are_run_for_themselves()
    {
        var (page, other) = (
            Asked("subscription { stock { sku } }", "[]"),
            Asked("subscription { stock { id } }", "[]")
        );
        var (document, operation) = Parsed("subscription { stock { sku } }");
        var (one, two) = (
            new SharedEvents.Share(_events, document, operation, "[1]"),
            new SharedEvents.Share(_events, document, operation, "[2]")
        );
        Task<ExecutionResult>[] busy = [TellAsync(page, "A"), TellAsync(page, "B")];

        Task<ExecutionResult>[] told =
        [
            TellAsync(page, "TEAPOT"),
            TellAsync(page, "KETTLE"),
            TellAsync(other, "TEAPOT"),
            TellAsync(one, "TEAPOT"),
            TellAsync(two, "TEAPOT"),
            TellAsync(two, "TEAPOT"),
        ];
        _mayRun.SetResult();

        Assert.Equal(5, (await Task.WhenAll(told)).Distinct().Count());
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task A_run_that_fails_fails_for_those_who_wait_for_it_and_for_no_other()
    {
        var page = Asked("subscription { stock { sku } }", "[]");
        Task<ExecutionResult>[] busy = [TellAsync(page, "A"), TellAsync(page, "B")];

        var broken = page.RunAsync("TEAPOT", () => throw new InvalidOperationException(), default);
        var whole = TellAsync(page, "KETTLE");
        _mayRun.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        await whole;
        await Task.WhenAll(busy);
    }

    private SharedEvents.Share Asked(string text, string variables)
    {
        var (document, operation) = Parsed(text);
        return new(_events, document, operation, variables);
    }

    private static (GraphQLDocument Document, GraphQLOperationDefinition Operation) Parsed(string text)
    {
        var document = Parser.Parse(text);
        return (document, document.Definitions.OfType<GraphQLOperationDefinition>().Single());
    }

    private Task<ExecutionResult> TellAsync(SharedEvents.Share asked, string value) =>
        asked.RunAsync(value, RunAsync, default);

    private async Task<ExecutionResult> RunAsync()
    {
        Interlocked.Increment(ref _runs);
        await _mayRun.Task;
        return new ExecutionResult();
    }
}
