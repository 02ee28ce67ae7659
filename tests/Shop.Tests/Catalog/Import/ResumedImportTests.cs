using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Saving;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>Imports whose worker did not get to the end: the next goes on where it was, and no row is lost or done twice.</summary>
public sealed class ResumedImportTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    // Two batches of rows staged, six of products saved.
    private const int Products = 10_100;

    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task A_worker_that_fails_between_products_and_their_stock_is_followed_by_one_that_opens_it()
    {
        var id = await StartedAsync("SA");
        await Assert.ThrowsAsync<TimeoutException>(() =>
            Worker().RunAsync((_, _) => throw new TimeoutException(), default)
        );
        Assert.Equal(ImportStatus.Running, (await _desk.FindAsync(id)).Status);
        Assert.Null(await Worker().RunAsync(_desk.OpenStockAsync, default));

        shop.Clock.Advance(TimeSpan.FromSeconds(16));
        await _desk.WorkAsync(Worker());

        await _desk.AllSavedOnceAsync(id, "SA", Products);
    }

    [Fact]
    public async Task However_long_a_store_is_away_an_import_goes_on_after_it()
    {
        var id = await StartedAsync("SO");
        var startingUp = new PostgresException(
            "message",
            "FATAL",
            "FATAL",
            PostgresErrorCodes.CannotConnectNow
        );
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await Assert.ThrowsAsync<PostgresException>(() =>
                Worker().RunAsync((_, _) => throw startingUp, default)
            );
            Assert.Equal(0, (await _desk.FindAsync(id)).Attempts);
            shop.Clock.Advance(TimeSpan.FromSeconds(16));
        }

        await _desk.WorkAsync(Worker());

        await _desk.AllSavedOnceAsync(id, "SO", Products);
    }

    [Fact]
    public async Task A_worker_whose_host_closes_gives_the_import_back_at_once()
    {
        var id = await StartedAsync("SB");
        using var closing = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Worker()
                .RunAsync(
                    async (stock, cancel) =>
                    {
                        await _desk.OpenStockAsync(stock, cancel);
                        await closing.CancelAsync();
                    },
                    closing.Token
                )
        );
        Assert.InRange((await _desk.FindAsync(id)).RowsSaved, 1, Products - 1);

        await _desk.WorkAsync(Worker());

        await _desk.AllSavedOnceAsync(id, "SB", Products);
    }

    [Fact]
    public async Task A_worker_that_slept_through_its_lease_commits_nothing_more()
    {
        var id = await StartedAsync("SC");
        var next = Worker();
        await Worker()
            .RunAsync(
                async (stock, cancel) =>
                {
                    if ((await _desk.FindAsync(id)).Status == ImportStatus.Running)
                    {
                        shop.Clock.Advance(TimeSpan.FromSeconds(16));
                        await _desk.WorkAsync(next);
                    }

                    await _desk.OpenStockAsync(stock, cancel);
                },
                default
            );

        await _desk.AllSavedOnceAsync(id, "SC", Products);
    }

    [Fact]
    public async Task One_import_runs_at_a_time_and_the_oldest_first()
    {
        var first = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases("SD", 1)),
            ImportErrorPolicy.RefuseAll
        );
        var second = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases("SE", 1)),
            ImportErrorPolicy.RefuseAll
        );
        var meanwhile = (ImportId?)second;

        Assert.Equal(
            first,
            await Worker()
                .RunAsync(
                    async (_, cancel) => meanwhile = await Worker().RunAsync(_desk.OpenStockAsync, cancel),
                    default
                )
        );
        Assert.Null(meanwhile);
        Assert.Equal(second, await Worker().RunAsync(_desk.OpenStockAsync, default));
    }

    [Fact]
    public async Task What_can_never_be_done_fails_after_five_tries_and_lets_the_next_one_begin()
    {
        var bad = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases("SF", 1)),
            ImportErrorPolicy.RefuseAll
        );
        // The first try saves what there is to save; the five after it do not get anywhere.
        for (var tries = 0; tries < 6; tries++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                Worker()
                    .RunAsync(
                        (_, _) => throw new InvalidOperationException("No stock is kept here."),
                        default
                    )
            );
            shop.Clock.Advance(TimeSpan.FromSeconds(16));
        }

        var import = await _desk.FindAsync(bad);
        Assert.Equal(ImportStatus.Failed, import.Status);
        Assert.Equal("Something broke on our side; our log has it.", import.Failure);
    }

    [Fact]
    public async Task The_number_of_statements_of_a_batch_does_not_grow_with_its_rows()
    {
        Assert.Equal(await StatementsAsync("SG", 1), await StatementsAsync("SH", SaveRows.RowsPerBatch));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await _desk.ImportAsync(ImportDesk.Vases("SI", 100), ImportErrorPolicy.RefuseAll);

        var again = await _desk.ImportAsync(ImportDesk.Vases("SI", 100), ImportErrorPolicy.RefuseAll);

        Assert.Equal(new Tally(Added: 0, Changed: 0, Unchanged: 100), again.Products);
        Assert.Equal(new Tally(Added: 0, Changed: 0, Unchanged: 100), again.Variants);
    }

    // Another process, as far as PostgreSQL can tell.
    private RunNextImport Worker() => ActivatorUtilities.CreateInstance<RunNextImport>(shop.Services);

    private async Task<ImportId> StartedAsync(string prefix) =>
        await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases(prefix, Products)),
            ImportErrorPolicy.RefuseAll
        );

    private async Task<int> StatementsAsync(string prefix, int products)
    {
        var id = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases(prefix, products)),
            ImportErrorPolicy.RefuseAll
        );
        // The first import of a class puts the category up.
        using var count = SqlCount.Start();
        await _desk.WorkAsync(Worker());
        Assert.Equal(ImportStatus.Done, (await _desk.FindAsync(id)).Status);
        return count.Statements.Count;
    }
}
