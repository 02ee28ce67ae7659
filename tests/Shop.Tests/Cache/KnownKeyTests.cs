using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Cache;

namespace Shop.Tests.Cache;

/// <summary>Which keys a node denies, and when it denies none.</summary>
public sealed class KnownKeyTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(_start);
    private readonly KnownKeys _known;

    public KnownKeyTests() => _known = new(Options.Create(new CacheOptions { KnownKeys = 1_000 }), _clock);

    [Fact]
    public void A_full_filter_forgets_none_and_takes_one_stranger_in_a_hundred_for_its_own()
    {
        const int Texts = 50_000;
        var filter = new BloomFilter(Texts);
        for (var n = 0; n < Texts; n++)
        {
            filter.Add($"sku:{n}");
        }

        Assert.All(Enumerable.Range(0, Texts), n => Assert.True(filter.Has($"sku:{n}")));
        Assert.InRange(
            Enumerable.Range(0, Texts).Count(n => filter.Has($"slug:{n}")),
            Texts / 400,
            Texts / 80
        );
        Assert.InRange(filter.Count, Texts * 99 / 100, Texts);
    }

    [Fact]
    public async Task Until_all_were_read_none_is_denied_and_what_is_told_meanwhile_is_known()
    {
        var (begun, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reading = _known.ReadAsync(1, SlowAsync(), default);
        await begun.Task;
        _known.Learn(["sku:told"]);
        Assert.False(_known.Denies("sku:nobody's", madeAt: null));

        mayEnd.SetResult();
        await reading;

        Assert.True(_known.Denies("sku:nobody's", madeAt: null));
        Assert.False(_known.Denies("sku:told", madeAt: null));
        Assert.False(_known.Denies("sku:read", madeAt: null));

        async IAsyncEnumerable<string> SlowAsync()
        {
            begun.SetResult();
            await mayEnd.Task;
            yield return "sku:read";
        }
    }

    [Fact]
    public async Task What_was_missed_while_all_were_read_has_them_read_once_more()
    {
        await _known.ReadAsync(1, MissingAsync(), default);

        Assert.False(_known.Denies("sku:nobody's", madeAt: null));
        await _known.WantedAsync(default);

        async IAsyncEnumerable<string> MissingAsync()
        {
            await Task.Yield();
            _known.Doubt();
            yield return "sku:read";
        }
    }

    [Fact]
    public async Task A_text_is_denied_only_while_other_nodes_are_heard_and_an_id_only_if_it_is_old()
    {
        await _known.ReadAsync(1, Enumerable.Empty<string>().ToAsyncEnumerable(), default);
        Assert.True(_known.Denies("slug:nobody's", madeAt: null));
        Assert.True(_known.Denies("product:1", _start.AddMinutes(-6)));
        Assert.False(_known.Denies("product:2", _start.AddMinutes(-4)));
        Assert.False(_known.Denies("product:3", _start.AddMinutes(1)));

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(_known.Denies("slug:nobody's", madeAt: null));
        Assert.True(_known.Denies("product:1", _start.AddMinutes(-6)));
        Assert.False(_known.Denies("product:2", _start.AddMinutes(-4)));

        // One that says nothing, and one that tells of a key.
        _known.Hear("");
        Assert.True(_known.Denies("slug:nobody's", madeAt: null));
        Assert.True(_known.Denies("product:2", _start.AddMinutes(-4)));
        _known.Hear(KnownKeys.Write(["slug:nobody's"]));
        Assert.False(_known.Denies("slug:nobody's", madeAt: null));
    }

    [Fact]
    public async Task A_filter_that_is_nearly_full_is_made_anew_and_goes_on_meanwhile()
    {
        await _known.ReadAsync(1, Enumerable.Empty<string>().ToAsyncEnumerable(), default);
        var wanted = _known.WantedAsync(default);

        _known.Learn([.. Enumerable.Range(0, 790).Select(n => $"sku:{n}")]);
        Assert.False(wanted.IsCompleted);
        _known.Learn([.. Enumerable.Range(790, 60).Select(n => $"sku:{n}")]);

        await wanted;
        Assert.True(_known.Denies("slug:nobody's", madeAt: null));
    }

    [Fact]
    public void Ten_batches_are_tried_at_once_and_five_more_each_second()
    {
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => _known.IsTried()));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => _known.IsTried()));
    }
}
