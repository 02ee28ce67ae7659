using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shop.Data.Kernel;
using Shop.GraphQL.Transport.Cache;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

/// <summary>A PostgreSQL that is reached and does not answer: worse than one that is away, for it makes its clients wait.</summary>
public sealed class SilentPostgresTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Page = "query Page { products(first: 3) { nodes { title } } }";

    // Far more than an answer from memory takes, and less than a client of PostgreSQL waits.
    private static readonly TimeSpan _atOnce = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ids_fail_at_once_and_kept_pages_are_answered_until_it_speaks_again()
    {
        var clock = new FakeTimeProvider(ShopHost.Now);
        await using var proxy = new SilentProxy(shop.Postgres);
        await using var node = await ShopNode.StartAsync(
            shop,
            clock,
            ("ConnectionStrings:Shop", proxy.ConnectionString),
            ("GraphQL:AnswerCache:Lifetime", "01:00:00")
        );
        var newId = node.Get<NewId>();
        var before = newId.Next();
        var page = await KeptAsync(node, clock);

        proxy.FallSilent();
        // Past the lease, and in the midst of its renewal.
        clock.Advance(TimeSpan.FromSeconds(30));
        var makers = Enumerable.Range(0, 32).Select(_ => Task.Run(newId.Next)).ToList();
        var answer = await node.AskAsync(Page).WaitAsync(_atOnce);

        Assert.Equal(page, answer.ToString());
        await Assert.AllAsync(
            makers,
            async maker => await Assert.ThrowsAsync<NpgsqlException>(() => maker.WaitAsync(_atOnce))
        );

        proxy.Heal();
        long after = 0;
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return TryMake(newId, out after);
        });
        Assert.True(after > before);
    }

    private static async Task<string> KeptAsync(ShopNode node, FakeTimeProvider clock)
    {
        JsonElement page = default;
        var answers = node.Get<PublicAnswers>();
        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            page = await node.AskAsync(Page);
            return answers.Asked.Hits > 0;
        });
        return page.ToString();
    }

    private static bool TryMake(NewId newId, out long id)
    {
        try
        {
            id = newId.Next();
            return true;
        }
        catch (NpgsqlException)
        {
            id = 0;
            return false;
        }
    }
}
