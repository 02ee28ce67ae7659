using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Search;
using Shop.Data.Search.Elastic;
using Shop.Data.Storage;
using Shop.Data.Telemetry;
using Shop.GraphQL.Search;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using HttpMethod = Elastic.Transport.HttpMethod;

namespace Shop.Tests.Search;

/// <summary>Indexes of Elasticsearch are written, built and change places so that nothing is lost and nothing goes back.</summary>
public sealed class ElasticRebuildTests(ElasticSearchShop small) : IClassFixture<ElasticSearchShop>
{
    private readonly ShopFixture _shop = small.Shop;

    [Fact]
    public async Task An_older_copy_is_refused_and_that_is_success()
    {
        var database = _shop.Get<Database<SearchDb>>();
        var product = Assert.Single(await ElasticFeed.PageAsync(database, after: 0, limit: 1, default));
        var older = product with { Revision = 1, Document = product.Document with { IsSearchable = false } };
        var before = (await _shop.SearchAsync("first: 100")).Total;

        Assert.Empty(await _shop.Get<ElasticWriter>().WriteAsync(await LiveAsync(), [older], default));
        await _shop
            .Get<ElasticLine>()
            .DoAsync(HttpMethod.POST, $"/{await LiveAsync()}/_refresh", null, default);

        Assert.Equal(before, (await _shop.SearchAsync("first: 100")).Total);
    }

    [Fact]
    public async Task What_changes_while_an_index_is_built_is_in_it_and_the_former_is_kept_for_an_hour()
    {
        var former = await LiveAsync();
        Assert.NotNull(await Rebuild.StartAsync(default));
        Assert.Null(await Rebuild.StartAsync(default));
        var meter = ActivatorUtilities.CreateInstance<SearchMeter>(_shop.Services);
        await meter.StartAsync(default);
        Assert.Equal(0, await DoneAsync());
        // Made, and filled with the first page; then another process goes on.
        await Rebuild.RunAsync(default);
        await Rebuild.RunAsync(default);
        await _shop.SavedAsync(Shelving.Mug() with { Title = "Quagga Mug" });
        Assert.Equal(former, await LiveAsync());
        Assert.InRange(await DoneAsync() ?? 0, 0.9, 1);

        await _shop.IndexedAsync();
        Assert.Null(await DoneAsync());

        var live = await LiveAsync();
        Assert.NotEqual(former, live);
        Assert.Equal(1, (await _shop.FindAsync("quagga")).Total);
        var meant = await _shop
            .Get<ElasticLine>()
            .DoAsync(HttpMethod.GET, $"/{live[..live.LastIndexOf('-')]}/_alias", null, default);
        Assert.Equal(live, Assert.Single(meant.EnumerateObject()).Name);
        Assert.Equal(SearchIndexState.Old, (await StateAsync(former)).State);

        _shop.Clock.Advance(TimeSpan.FromMinutes(61));
        await Rebuild.RunAsync(default);
        Assert.False(await _shop.Get<ElasticLine>().HasAsync(former, default));
    }

    [Fact]
    public async Task One_that_comes_to_nothing_is_told_and_what_is_searched_stays()
    {
        var live = await LiveAsync();
        var id = Assert.NotNull(await Rebuild.StartAsync(default));
        await Rebuild.RunAsync(default);
        await Rebuild.RunAsync(default);
        var building = (await Indexes.ListAsync(default)).Single(index => index.Id == id);
        // Somebody takes a product out of it.
        var product = Assert.Single(
            await ElasticFeed.PageAsync(_shop.Get<Database<SearchDb>>(), after: 0, limit: 1, default)
        );
        await _shop
            .Get<ElasticLine>()
            .DoAsync(HttpMethod.DELETE, $"/{building.Name}/_doc/{product.Document.Product}", null, default);

        while (await Rebuild.RunAsync(default) > 0) { }

        Assert.Equal(SearchIndexState.Failed, (await StateAsync(building.Name)).State);
        Assert.Equal(live, await LiveAsync());
        Assert.False(await _shop.Get<ElasticLine>().HasAsync(building.Name, default));
    }

    /// <summary>What a web host tells of how far the one is that is being built; null for nothing.</summary>
    private async Task<double?> DoneAsync()
    {
        await _shop.Get<LiveIndex>().FollowAsync(default);
        double? told = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (
                    instrument.Name == "shop.search.rebuild_done"
                    && instrument.Meter == _shop.Get<ShopMeter>().Instruments
                )
                {
                    all.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, done, _, _) => told = done);
        listener.Start();
        listener.RecordObservableInstruments();
        return told;
    }

    private RebuildIndex Rebuild => _shop.Get<RebuildIndex>();

    private EngineIndexes Indexes => _shop.Get<EngineIndexes>();

    private async Task<string> LiveAsync() =>
        (await Indexes.ListAsync(default)).Single(index => index.State == SearchIndexState.Live).Name;

    private async Task<EngineIndexRow> StateAsync(string name) =>
        (await Indexes.ListAsync(default)).Single(index => index.Name == name);
}
