using Shop.Data.Pricing;
using Shop.Data.Pricing.Codes;
using Shop.Data.Storage;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;
using Shop.Tests.Pricing;

namespace Shop.Tests.Fire;

/// <summary>Codes whose maker, a real process, is killed between an effect and its mark: another goes on, and each is made once.</summary>
public sealed class CodeKillTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Killed = 137;
    private const int Many = 120_000;

    /// <summary>Places that the making of codes comes by.</summary>
    public static TheoryData<string> Places { get; } =
    ["codes made, not committed", "codes committed, nobody told"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_a_killed_maker_left_is_done_once_by_the_next(string place)
    {
        var programs = await TestBuild.MadeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var counter = new Counter(shop);
        var sale = await counter.PlanAsync(
            new
            {
                title = "Sale",
                needsCode = true,
                action = new { linesPercent = new { percent = "10" } },
            }
        );
        await counter.CodesAsync(new { promotionId = sale, codes = new { made = new { count = Many } } });

        using (var host = TownNode.Jobs(place, programs, Settings(place)))
        {
            await host.StartAsync(patience.Token);
            Assert.Equal(Killed, await host.EndAsync(patience.Token));
        }

        // A maker passes over a row that is locked, and PostgreSQL needs a moment to see that the killed one is gone.
        var left = await NumbersAsync(
            "select made from pricing.code_batch where finished_at is null for update"
        );
        while (await shop.Get<MakeCodes>().RunAsync(patience.Token) > 0) { }

        Assert.Equal([place == "codes made, not committed" ? 0 : 50_000], left);
        Assert.Empty(await NumbersAsync("select made from pricing.code_batch where finished_at is null"));
        Assert.Equal(
            [Many],
            await NumbersAsync(
                "select count(*)::int from pricing.promotion_code group by batch_id order by batch_id desc limit 1"
            )
        );
    }

    private Task<List<int>> NumbersAsync(string sql) =>
        shop.Get<Database<PricingDb>>()
            .Primary.ListAsync($"{Sql.Raw(sql)}", row => row.GetInt32(0), CancellationToken.None);

    private Dictionary<string, string> Settings(string place) =>
        new()
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = shop.Postgres,
            ["ConnectionStrings__Redis"] = shop.Redis,
            ["Jobs__Cluster"] = "false",
        };
}
