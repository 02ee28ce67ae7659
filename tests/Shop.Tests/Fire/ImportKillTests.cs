using Shop.Data.Catalog.Import;
using Shop.Jobs.Verification;
using Shop.Load.Fire;
using Shop.Tests.Catalog.Import;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

/// <summary>
/// An import whose worker, a real process, is killed between an effect and its mark: another goes on where it was, and every
/// row is saved once.
/// </summary>
public sealed class ImportKillTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const int Killed = 137;

    // Three batches of rows staged, six of products saved.
    private const int Products = 10_100;

    private readonly ImportDesk _desk = new(shop);

    /// <summary>Places that an import comes by.</summary>
    public static TheoryData<string> Places { get; } =
    [
        "import claimed, nothing done",
        "rows staged, not committed",
        "products saved, not committed",
        "products committed, nobody told",
        "import worked off, not finished",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_a_killed_worker_left_is_done_once_by_the_next(string place)
    {
        var programs = await TestBuild.MadeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var prefix = $"K{Places.TakeWhile(row => row.Data != place).Count()}";
        var id = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases(prefix, Products)),
            ImportErrorPolicy.RefuseAll
        );

        using (var host = TownNode.Jobs(place, programs, Settings(place)))
        {
            await host.StartAsync(patience.Token);
            Assert.Equal(Killed, await host.EndAsync(patience.Token));
        }

        Assert.Equal(ImportStatus.Running, (await _desk.FindAsync(id)).Status);
        // A worker passes over a row that is locked, and PostgreSQL needs a moment to see that the killed one is gone.
        await _desk.CountAsync(
            $"select count(*) from (select from catalog.import where id = {id.Value} for update) released"
        );
        // The killed one lived in the time of the world; its lease has run out.
        shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());

        await _desk.AllSavedOnceAsync(id, prefix, Products);
        var books = await shop.Get<VerifyConsistency>().RunAsync(patience: TimeSpan.Zero, patience.Token);
        Assert.Empty(books.Findings);
    }

    private Dictionary<string, string> Settings(string place) =>
        new()
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = shop.Postgres,
            ["ConnectionStrings__Redis"] = shop.Redis,
            ["Jobs__Cluster"] = "false",
        };
}
