using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Catalog.Import;
using Shop.GraphQL.Catalog.Import;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>An import, watched.</summary>
public sealed class ImportChangedTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task Whoever_watches_sees_it_as_it_is_then_move_and_then_end()
    {
        using var patience = new CancellationTokenSource(_patience);
        var id = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases("WA", 12_000)),
            ImportErrorPolicy.RefuseAll
        );
        await using var told = Watch(id, null, patience.Token);
        Assert.True(await told.MoveNextAsync());
        Assert.Equal((ImportStatus.Queued, 0d), (told.Current.Status, told.Current.Progress));

        var working = ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        var events = new List<GraphQL.Catalog.Import.CatalogImport> { told.Current };
        while (await told.MoveNextAsync())
        {
            events.Add(told.Current);
        }

        await working;
        Assert.Equal(events.OrderBy(import => import.Version).DistinctBy(import => import.Version), events);
        Assert.Equal(events.OrderBy(import => import.Progress), events);
        Assert.All(events.SkipLast(1), import => Assert.False(import.Status > ImportStatus.Running));
        Assert.Equal((ImportStatus.Done, 1d), (events[^1].Status, events[^1].Progress));
        Assert.Equal(12_000, events[^1].Rows.Saved);
    }

    [Fact]
    public async Task Whoever_comes_back_with_the_last_version_is_told_that_it_has_ended()
    {
        using var patience = new CancellationTokenSource(_patience);
        var import = await _desk.ImportAsync(ImportDesk.Vases("WB", 1), ImportErrorPolicy.RefuseAll);

        await using var told = Watch(import.Id, import.Version, patience.Token);

        Assert.False(await told.MoveNextAsync());
    }

    [Fact]
    public async Task An_import_that_never_was_cannot_be_watched()
    {
        using var patience = new CancellationTokenSource(_patience);
        await using var told = Watch(new ImportId(1), null, patience.Token);

        var fault = await Assert.ThrowsAsync<global::GraphQL.ExecutionError>(() =>
            told.MoveNextAsync().AsTask()
        );
        Assert.Equal(ErrorCode.NotFound, fault.Code);
    }

    private IAsyncEnumerator<GraphQL.Catalog.Import.CatalogImport> Watch(
        ImportId id,
        int? fromVersion,
        CancellationToken cancel
    ) =>
        ActivatorUtilities
            .CreateInstance<ImportSubscriptions>(shop.Services)
            .CatalogImportChanged(id, fromVersion, cancel)
            .GetAsyncEnumerator(cancel);
}
