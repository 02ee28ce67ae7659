using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog.Import;

/// <summary>Imports whose worker did not get to the end: the next goes on where it was, and no row is lost or done twice.</summary>
public sealed class ResumedImportTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    // Two batches of rows staged, six of products saved.
    private const int Products = 10_100;

    private readonly ImportDesk _desk = new(shop);
    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task Products_are_saved_with_word_of_their_stock_so_that_none_is_left_without_a_level()
    {
        await _saga.SettleAsync();
        var id = await StartedAsync("SA");
        await ImportDesk.WorkAsync(Worker());
        Assert.Equal(0, await LevelsAsync("SA"));
        Assert.Equal(6, await MessagesAsync());

        await _desk.AllSavedOnceAsync(id, "SA", Products);

        await _saga.ForgetConfirmationsAsync<CatalogDb>();
        await _desk.AllSavedOnceAsync(id, "SA", Products);
        Assert.Equal(Products, await LevelsAsync("SA"));
    }

    [Fact]
    public async Task However_long_a_store_is_away_an_import_goes_on_after_it()
    {
        var id = await StartedAsync("SO");
        await SqlAsync(
            $"""
            create function catalog.time_out() returns trigger language plpgsql as
                'begin raise exception ''timed out'' using errcode = ''{PostgresErrorCodes.IdleSessionTimeout}''; end';
            create trigger time_out before insert on catalog.product for each row execute function catalog.time_out()
            """
        );
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await Assert.ThrowsAsync<PostgresException>(() => Worker().RunAsync(default));
            Assert.Equal(0, (await _desk.FindAsync(id)).Attempts);
            shop.Clock.Advance(TimeSpan.FromSeconds(16));
        }

        await SqlAsync("drop trigger time_out on catalog.product");
        await ImportDesk.WorkAsync(Worker());

        await _desk.AllSavedOnceAsync(id, "SO", Products);
    }

    [Fact]
    public async Task A_worker_whose_host_closes_gives_the_import_back_at_once()
    {
        var id = await StartedAsync("SB");
        using var closing = new CancellationTokenSource();
        await using (await _desk.HoldAsync("SB05000"))
        {
            var working = Worker().RunAsync(closing.Token);
            await _desk.BegunAsync(id);
            await closing.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        }

        Assert.InRange((await _desk.FindAsync(id)).RowsSaved, 1, Products - 1);

        await ImportDesk.WorkAsync(Worker());

        await _desk.AllSavedOnceAsync(id, "SB", Products);
    }

    [Fact]
    public async Task A_worker_that_slept_through_its_lease_commits_nothing_more()
    {
        var id = await StartedAsync("SC");
        Task asleep,
            next;
        await using (await _desk.HoldAsync("SC05000"))
        {
            asleep = Worker().RunAsync(default);
            await _desk.BegunAsync(id);
            shop.Clock.Advance(TimeSpan.FromSeconds(16));
            next = ImportDesk.WorkAsync(Worker());
        }

        await Task.WhenAll(asleep, next);

        await _desk.AllSavedOnceAsync(id, "SC", Products);
    }

    [Fact]
    public async Task One_import_runs_at_a_time_and_the_oldest_first()
    {
        var first = await StartedAsync("SD");
        var second = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases("SE", 1)),
            ImportErrorPolicy.RefuseAll
        );

        Task<ImportId?> working;
        await using (await _desk.HoldAsync("SD05000"))
        {
            working = Worker().RunAsync(default);
            await _desk.BegunAsync(first);
            Assert.Null(await Worker().RunAsync(default));
        }

        Assert.Equal(first, await working);
        Assert.Equal(second, await Worker().RunAsync(default));
    }

    [Fact]
    public async Task What_can_never_be_done_fails_after_five_tries_and_lets_the_next_one_begin()
    {
        var bad = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases("SF", 1)),
            ImportErrorPolicy.RefuseAll
        );
        await SqlAsync(
            """
            create function catalog.fail() returns trigger language plpgsql as 'begin raise exception ''never''; end';
            create trigger fail before insert on catalog.product for each row execute function catalog.fail()
            """
        );
        // The first try stages the rows; the five after it do not get anywhere.
        for (var tries = 0; tries < 6; tries++)
        {
            await Assert.ThrowsAsync<PostgresException>(() => Worker().RunAsync(default));
            shop.Clock.Advance(TimeSpan.FromSeconds(16));
        }

        await SqlAsync("drop trigger fail on catalog.product");
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
        await ImportDesk.WorkAsync(Worker());
        Assert.Equal(ImportStatus.Done, (await _desk.FindAsync(id)).Status);
        return count.Statements.Count;
    }

    private Task<long> LevelsAsync(string prefix) =>
        _desk.CountAsync(
            $"""
            select count(*) from inventory.stock s
            join catalog.product_variant v on v.id = s.variant_id where v.sku like '{prefix}%'
            """
        );

    private Task<long> MessagesAsync() =>
        _desk.CountAsync(
            "select count(*) from catalog.local_message where status = 0 and receiver = 'inventory'"
        );

    private async Task SqlAsync(string sql)
    {
        await using var command = shop.Get<Database<CatalogDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
