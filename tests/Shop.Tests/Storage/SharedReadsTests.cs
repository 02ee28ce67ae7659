using Shop.Data.Storage;

namespace Shop.Tests.Storage;

public sealed class SharedReadsTests
{
    private readonly List<int[]> _reads = [];
    private readonly TaskCompletionSource _mayRead = new();

    [Fact]
    public async Task What_is_asked_for_while_others_are_read_is_read_all_at_once()
    {
        var reads = new SharedReads<int, string>(ReadAsync);

        var asking = Enumerable.Range(0, 500).Select(key => reads.ReadAsync(key, default)).ToList();
        _mayRead.SetResult();
        var values = await Task.WhenAll(asking);

        Assert.Equal(Enumerable.Range(0, 500).Select(key => $"{key}"), values);
        Assert.Equal([1, 1, 498], _reads.Select(keys => keys.Length).Order());
    }

    [Fact]
    public async Task A_key_that_many_ask_for_is_read_once_and_a_crowd_in_parts()
    {
        var reads = new SharedReads<int, string>(ReadAsync);

        var asking = Enumerable.Range(0, 4500).Select(n => reads.ReadAsync(n % 1500, default)).ToList();
        _mayRead.SetResult();
        await Task.WhenAll(asking);

        Assert.All(_reads, keys => Assert.Equal(keys.Distinct(), keys));
        Assert.All(_reads, keys => Assert.InRange(keys.Length, 1, 1000));
        Assert.InRange(_reads.Count, 4, 7);
    }

    [Fact]
    public async Task Nobody_is_told_what_was_read_before_they_asked()
    {
        var reads = new SharedReads<int, string>(ReadAsync);
        Task<string?>[] busy = [reads.ReadAsync(1, default), reads.ReadAsync(2, default)];

        var asking = reads.ReadAsync(1, default);
        _mayRead.SetResult();
        await Task.WhenAll([.. busy, asking]);

        Assert.Equal(3, _reads.Count);
    }

    [Fact]
    public async Task A_read_that_fails_fails_for_those_who_asked_and_the_next_one_is_made()
    {
        var isDown = true;
        var reads = new SharedReads<int, string>(keys =>
            isDown ? throw new TimeoutException() : ReadAsync(keys)
        );
        _mayRead.SetResult();

        await Assert.ThrowsAsync<TimeoutException>(() => reads.ReadAsync(1, default));
        isDown = false;

        Assert.Equal("1", await reads.ReadAsync(1, default));
    }

    [Fact]
    public async Task Whoever_leaves_takes_nothing_from_those_who_stay()
    {
        var reads = new SharedReads<int, string>(ReadAsync);
        using var leave = new CancellationTokenSource();
        var leaving = reads.ReadAsync(1, leave.Token);
        var staying = reads.ReadAsync(2, default);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        _mayRead.SetResult();

        Assert.Equal("2", await staying);
    }

    private async Task<IReadOnlyDictionary<int, string>> ReadAsync(IReadOnlyCollection<int> keys)
    {
        lock (_reads)
        {
            _reads.Add([.. keys]);
        }

        await _mayRead.Task;
        return keys.ToDictionary(key => key, key => $"{key}");
    }
}
