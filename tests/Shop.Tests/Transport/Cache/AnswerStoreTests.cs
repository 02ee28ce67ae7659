using System.Text;
using GraphQL;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Transport.Cache;

namespace Shop.Tests.Transport.Cache;

public sealed class AnswerStoreTests
{
    private static readonly Changes _changes = new(
        Options.Create(new AnswerCacheOptions()),
        new FakeTimeProvider()
    );

    [Theory]
    [InlineData(1024 * 1024, 100_000, 5_000)]
    [InlineData(1024 * 1024 * 1024, 100, 10)]
    public void It_holds_no_more_bytes_or_answers_than_it_may(long maxBytes, int maxEntries, int size)
    {
        var store = Store(maxBytes, maxEntries);
        for (var n = 0; n < 1_000; n++)
        {
            store.Keep(Key(n), Answer(size));
        }

        var kept = Enumerable.Range(0, 1_000).Where(n => store.Find(Key(n)) is not null).ToList();

        Assert.Contains(999, kept);
        Assert.InRange(kept.Count, 1, maxEntries);
        Assert.InRange(kept.Count * (long)size, 1, maxBytes);
    }

    [Fact]
    public void What_is_asked_for_now_and_then_stays_while_others_come_and_go()
    {
        var store = Store(maxBytes: 1024 * 1024, maxEntries: 100);
        var asked = Answer(10);
        store.Keep(Key(-1), asked);
        for (var n = 0; n < 1_000; n++)
        {
            store.Keep(Key(n), Answer(10));
            if (n % 20 == 0)
            {
                Assert.Same(asked, store.Find(Key(-1)));
            }
        }
    }

    [Fact]
    public void What_would_fill_it_alone_is_not_kept()
    {
        var store = Store(maxBytes: 1024 * 1024, maxEntries: 100);
        store.Keep(Key(1), Answer(1024 * 1024 / 100));

        Assert.Null(store.Find(Key(1)));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_the_older()
    {
        var store = Store(maxBytes: 1024 * 1024, maxEntries: 100);
        var newer = Answer(10);
        store.Keep(Key(1), Answer(10));
        store.Keep(Key(1), newer);

        Assert.Same(newer, store.Find(Key(1)));
    }

    private static AnswerStore Store(long maxBytes, int maxEntries) =>
        new(Options.Create(new AnswerCacheOptions { MaxBytes = maxBytes, MaxEntries = maxEntries }));

    private static byte[] Key(int n) => Encoding.UTF8.GetBytes($"{n}");

    private static PublicAnswer Answer(int size) =>
        new(new byte[size], new ExecutionResult { Executed = true }, _changes.Begin([]));
}
