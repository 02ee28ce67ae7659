using GraphQL;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Transport.Cache;

namespace Shop.Tests.Transport.Cache;

/// <summary>Many ask the same at the same time.</summary>
public sealed class SharedRunsTests
{
    private static readonly byte[] _key = "page"u8.ToArray();

    private readonly SharedRuns _runs = new();
    private readonly Changes _changes = new(Options.Create(new AnswerCacheOptions()), new FakeTimeProvider());
    private readonly List<TaskCompletionSource<PublicAnswer>> _started = [];

    [Fact]
    public async Task All_of_them_wait_for_one_run()
    {
        var askers = Enumerable.Range(0, 10).Select(_ => AskAsync(_key)).ToList();
        var other = AskAsync("other page"u8.ToArray());
        Assert.Equal(2, _started.Count);

        var answer = Answer();
        _started[0].SetResult(answer);

        Assert.All(await Task.WhenAll(askers), told => Assert.Same(answer, told));
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task Whoever_comes_after_its_end_starts_another()
    {
        var first = AskAsync(_key);
        _started[0].SetResult(Answer());
        await first;

        _ = AskAsync(_key);

        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task Each_of_them_hears_of_a_fault_and_the_next_one_tries_again()
    {
        var askers = Enumerable.Range(0, 3).Select(_ => AskAsync(_key)).ToList();
        _started[0].SetException(new InvalidOperationException("Broken."));

        foreach (var asker in askers)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => asker);
        }

        _ = AskAsync(_key);
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public async Task Whoever_asks_after_a_change_does_not_wait_for_what_was_begun_before_it()
    {
        var early = AskAsync(_key);
        _changes.Tell("news");
        var late = AskAsync(_key);
        var later = AskAsync(_key);
        Assert.Equal(2, _started.Count);

        // The old run ends first, and must not take the new one with it.
        _started[0].SetResult(Answer());
        await early;
        _ = AskAsync(_key);
        Assert.Equal(2, _started.Count);

        var news = Answer();
        _started[1].SetResult(news);
        Assert.All(await Task.WhenAll(late, later), told => Assert.Same(news, told));
    }

    [Fact]
    public async Task Whoever_leaves_takes_nobody_along()
    {
        using var leaving = new CancellationTokenSource();
        var first = AskAsync(_key, leaving.Token);
        var second = AskAsync(_key);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var answer = Answer();
        _started.Single().SetResult(answer);

        Assert.Same(answer, await second);
    }

    private Task<PublicAnswer> AskAsync(byte[] key, CancellationToken cancel = default) =>
        _runs.ShareAsync(
            key,
            () => _changes.Begin(["news"]),
            _ =>
            {
                _started.Add(new());
                return _started[^1].Task;
            },
            cancel
        );

    private PublicAnswer Answer() => new([], new ExecutionResult { Executed = true }, _changes.Begin([]));
}
