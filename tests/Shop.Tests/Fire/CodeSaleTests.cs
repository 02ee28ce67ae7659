using Shop.Load.Client;
using Shop.Load.Crowd;
using Shop.Load.Fire;
using Shop.Load.Plan;

namespace Shop.Tests.Fire;

/// <summary>A code that few can use, while things are killed: as many hold it as there are uses, and the books say the same.</summary>
public sealed class CodeSaleTests(TownFixture fixture) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task A_code_is_used_as_often_as_it_can_be_whatever_is_killed()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var cancel = patience.Token;
        var town = fixture.Town;
        var clients = town.Webs.Select(web => new ShopClient(web.Address!, connections: 16)).ToList();
        var shop = new PatientClient(clients, TimeProvider.System);
        await using var merchant = await Merchant.OpenAsync(
            town.Postgres.ConnectionString,
            town.Redis.ConnectionString,
            cancel
        );
        var skus = await Catalogue.SkusAsync(clients[0], cancel);
        var kills = Blow.Kills(town).ToDictionary(one => one.Name);

        var rush = new CodeRush(shop, merchant, town.Primary, skus);
        var result = await rush.RunAsync(buyers: 400, uses: 60, concurrency: 16, StrikeAsync, cancel);

        Assert.True(result.IsFair, $"{result}");
        Assert.Null(await town.FindingsAsync(cancel));
        clients.ForEach(client => client.Dispose());

        async Task StrikeAsync(CancellationToken placed)
        {
            foreach (var name in (string[])["jobs 1", "PostgreSQL", "web 1"])
            {
                await kills[name].StrikeAsync();
                await kills[name].MendAsync(cancel);
            }
        }
    }
}
