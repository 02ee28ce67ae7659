using System.Security.Claims;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Search;

/// <summary>Words are looked up on a replica, which may be behind.</summary>
public sealed class ReplicaSearchTests(SearchShop small) : IClassFixture<SearchShop>
{
    private readonly ShopFixture _shop = small.Shop;

    [Fact]
    public async Task Who_has_saved_finds_it_though_the_replica_lags_and_others_are_told_how_old_their_answer_is()
    {
        var before = await AskAsync(Askers.Guest);
        Assert.Equal((0, 0), (before.Products, before.Groups));
        await using (await _shop.HoldReplicaAsync())
        {
            _shop.Clock.Advance(TimeSpan.FromSeconds(5));
            var saved = await _shop.SaveAsync(Shelving.Mug() with { Title = "Quokka Mug" });
            Assert.Empty(saved.Problems);
            await _shop.IndexedOnPrimaryAsync();
            await _shop.FollowedAsync();

            var own = await AskAsync(Shelving.Keeper);
            Assert.Equal((1, 1), (own.Products, own.Groups));
            Assert.True(own.AsOf > before.AsOf);

            var other = await AskAsync(Askers.Guest);
            Assert.Equal((0, 0), (other.Products, other.Groups));
            Assert.InRange(other.AsOf, DateTimeOffset.MinValue, before.AsOf);
            // What needs no words is in memory, and as new as the primary.
            Assert.Equal(own.All, other.All);
        }

        await _shop.ReplicaCaughtUpAsync();
        Assert.Equal(await AskAsync(Shelving.Keeper), await AskAsync(Askers.Guest));
    }

    private async Task<Answer> AskAsync(ClaimsPrincipal who)
    {
        var answer = await _shop.AskAsync(
            who,
            """
            {
              productSearch(text: "quokka") { totalCount asOf }
              grouped: skuAggregate(groupBy: STOCK_STATUS, text: "quokka") { totalCount asOf }
              all: productSearch { totalCount }
            }
            """
        );
        var (found, grouped) = (answer.GetProperty("productSearch"), answer.GetProperty("grouped"));
        Assert.Equal(
            found.GetProperty("asOf").GetDateTimeOffset(),
            grouped.GetProperty("asOf").GetDateTimeOffset()
        );
        return new(
            found.GetProperty("totalCount").GetInt32(),
            grouped.GetProperty("totalCount").GetInt32(),
            answer.GetProperty("all").GetProperty("totalCount").GetInt32(),
            found.GetProperty("asOf").GetDateTimeOffset()
        );
    }

    private sealed record Answer(int Products, int Groups, int All, DateTimeOffset AsOf);
}
