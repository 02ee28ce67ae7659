using Shop.Data.Search;
using Shop.Data.Storage.PubSub;
using Shop.GraphQL.Search;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Search;

/// <summary>A node hears how old the index is, and says no more than what it has read.</summary>
public sealed class SearchAgeTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task What_was_told_holds_for_an_index_of_that_revision_or_a_later_one()
    {
        var (then, now) = (ShopHost.Now, ShopHost.Now.AddMinutes(1));
        using var age = new SearchAge(shop.Get<Signals>(), shop.Clock);
        await age.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () =>
        {
            await shop.Get<SearchAnnouncements>().PublishAsync(new(7, now));
            return age.AsOf(new(7, then)) == now;
        });

        Assert.Equal(now, age.AsOf(new(8, then)));
        // A replica that is behind.
        Assert.Equal(then, age.AsOf(new(6, then)));
        // What the index says of itself may be newer than what was heard last.
        Assert.Equal(now.AddMinutes(1), age.AsOf(new(7, now.AddMinutes(1))));

        await age.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void An_index_that_nothing_was_told_of_yet_is_as_old_as_the_opening()
    {
        using var age = new SearchAge(shop.Get<Signals>(), shop.Clock);
        var opened = shop.Clock.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(opened, age.AsOf(new(0, DateTimeOffset.UnixEpoch)));
        Assert.Equal(opened.AddDays(-1), age.AsOf(new(0, opened.AddDays(-1))));
    }
}
