using Shop.Load.Fire;

namespace Shop.Tests.Fire;

/// <summary>Whatever is killed while people buy: no order that was answered is lost, none is doubled, none stays open.</summary>
public sealed class KillTests(TownFixture fixture) : IClassFixture<TownFixture>
{
    [Theory]
    [InlineData("web 1")]
    [InlineData("jobs 1")]
    [InlineData("PostgreSQL")]
    [InlineData("Redis")]
    [InlineData("refused statement")]
    public Task A_town_survives(string name) =>
        fixture.SurvivesAsync(
            async (_, cancel) =>
            {
                var blow = Blow.All(fixture.Town).Single(one => one.Name == name);
                await blow.StrikeAsync();
                await blow.MendAsync(cancel);
            }
        );

    [Fact]
    public Task Reads_and_orders_go_on_without_the_replica() =>
        fixture.SurvivesAsync(
            async (shoppers, cancel) =>
            {
                await fixture.Town.Postgres.KillReplicaAsync();
                await shoppers.AnsweredAsync(20, cancel);
                await fixture.Town.Postgres.StartReplicaAsync(cancel);
            }
        );

    [Fact]
    public Task Orders_go_on_with_one_of_each_host() =>
        fixture.SurvivesAsync(
            async (shoppers, cancel) =>
            {
                await Task.WhenAll(fixture.Town.Webs[0].KillAsync(), fixture.Town.JobHosts[1].KillAsync());
                await shoppers.AnsweredAsync(20, cancel);
                await Task.WhenAll(
                    fixture.Town.Webs[0].StartAsync(cancel),
                    fixture.Town.JobHosts[1].StartAsync(cancel)
                );
            }
        );
}
