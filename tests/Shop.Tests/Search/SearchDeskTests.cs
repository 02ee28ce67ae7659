using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.Data.Search;
using Shop.Data.Search.Elastic;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Search.Rebuilding;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Operations;
using HttpMethod = Elastic.Transport.HttpMethod;

namespace Shop.Tests.Search;

/// <summary>Staff has an index of Elasticsearch built, watches it, and takes it back.</summary>
public sealed class SearchDeskTests(ElasticSearchShop small) : IClassFixture<ElasticSearchShop>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ShopFixture _shop = small.Shop;

    [Fact]
    public async Task A_rebuild_is_started_once_told_again_while_it_runs_and_goes_on_where_a_kill_has_left_it()
    {
        using var patience = new CancellationTokenSource(_patience);
        var key = Guid.CreateVersion7();
        var started = await RebuildAsync(key);
        Assert.False(started.GetProperty("replayed").GetBoolean());
        var id = IdOf(started);
        foreach (var again in new[] { key, Guid.CreateVersion7() })
        {
            var told = await RebuildAsync(again);
            Assert.Equal((id, true), (IdOf(told), told.GetProperty("replayed").GetBoolean()));
        }

        await using var watch = Watch(id, fromVersion: null, patience.Token);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal((SearchIndexState.Building, 0), (watch.Current.State, watch.Current.Done));
        // Made, and all products filled in; then another process goes on.
        await AnotherProcess().RunAsync(default);
        await AnotherProcess().RunAsync(default);
        Assert.Equal("BUILDING", (await SeenAsync()).GetProperty("rebuild").GetProperty("state").GetString());
        while (await AnotherProcess().RunAsync(default) > 0) { }

        var events = new List<SearchIndex> { watch.Current };
        while (await watch.MoveNextAsync())
        {
            events.Add(watch.Current);
        }

        Assert.Equal(events.OrderBy(index => index.Version).DistinctBy(index => index.Version), events);
        var last = events[^1];
        Assert.Equal(
            (SearchIndexState.Live, await ProductsAsync(), 1d, null),
            (last.State, last.Done, last.Progress, last.Error)
        );
        Assert.Equal(id, IdOf(await RebuildAsync(key)));
        Assert.Equal(1, await EntriesAsync("searchRebuild", id));
        await _shop.EngineAsync();
    }

    [Fact]
    public async Task What_was_searched_before_is_searched_again_with_what_has_changed_since()
    {
        var former = IdOf(await LiveAsync());
        var next = IdOf(await RebuildAsync(Guid.CreateVersion7()));
        await _shop.EngineAsync();
        await _shop.SavedAsync(Shelving.Mug() with { Title = "Okapi Mug" });
        await _shop.IndexedAsync();
        Assert.Equal(next, IdOf(await LiveAsync()));

        foreach (var replayed in new[] { false, true })
        {
            var payload = await RollBackAsync(former);
            Assert.Empty(payload.GetProperty("problems").EnumerateArray());
            Assert.Equal(replayed, payload.GetProperty("replayed").GetBoolean());
            Assert.Equal("LIVE", payload.GetProperty("index").GetProperty("state").GetString());
        }

        await _shop.EngineAsync();
        Assert.Equal(former, IdOf(await LiveAsync()));
        Assert.Equal(1, (await _shop.FindAsync("okapi")).Total);
        Assert.Equal(1, await EntriesAsync("searchRollback", former));
        var live = (await LiveAsync()).GetProperty("index").GetProperty("name").GetString()!;
        var meant = await _shop
            .Get<ElasticLine>()
            .DoAsync(HttpMethod.GET, $"/{live[..live.LastIndexOf('-')]}/_alias", null, default);
        Assert.Equal(live, Assert.Single(meant.EnumerateObject()).Name);

        _shop.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("NOT_ALLOWED_NOW", await RefusalAsync(next));
        await _shop.EngineAsync();
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await _shop.EngineAsync();
        Assert.Equal("NOT_FOUND", await RefusalAsync(next));
    }

    [Fact]
    public async Task One_that_came_to_nothing_or_is_built_cannot_be_taken_back()
    {
        var building = IdOf(await RebuildAsync(Guid.CreateVersion7()));
        Assert.Equal("NOT_ALLOWED_NOW", await RefusalAsync(building));
        var indexes = _shop.Get<EngineIndexes>();
        var row = (await indexes.ListAsync(default)).Single(index => index.Id == building);
        await indexes.FailAsync(row, "a test", default);

        Assert.Equal("NOT_ALLOWED_NOW", await RefusalAsync(building));
        Assert.Equal("NOT_FOUND", await RefusalAsync(new(1)));
    }

    [Fact]
    public async Task Operators_see_who_answers_how_far_behind_it_is_and_what_waits()
    {
        await _shop.IndexedAsync();
        var seen = await SeenAsync();
        Assert.Equal("ELASTICSEARCH", seen.GetProperty("store").GetString());
        Assert.True(seen.GetProperty("isFilled").GetBoolean());
        Assert.Equal(0, seen.GetProperty("backlog").GetInt32());
        Assert.Equal((await _shop.FindAsync("mug")).AsOf, seen.GetProperty("asOf").GetDateTimeOffset());

        await _shop.SavedAsync(Shelving.Mug() with { Title = "Ocelot Mug" });
        _shop.Clock.Advance(TimeSpan.FromSeconds(7));

        seen = await SeenAsync();
        Assert.InRange(seen.GetProperty("backlog").GetInt32(), 1, 10);
        Assert.InRange(seen.GetProperty("lagSeconds").GetDouble(), 7, 8);
        await _shop.IndexedAsync();
        Assert.Equal(0, (await SeenAsync()).GetProperty("backlog").GetInt32());
    }

    private RebuildIndex AnotherProcess() => ActivatorUtilities.CreateInstance<RebuildIndex>(_shop.Services);

    private async Task<JsonElement> RebuildAsync(Guid key) =>
        (
            await _shop.AskAsync(
                Askers.Staff(StaffRole.Catalog),
                "mutation($key: UUID!) { searchRebuild(input: {idempotencyKey: $key}) { replayed index { id } problems { code } } }",
                new { key }
            )
        ).GetProperty("searchRebuild");

    private async Task<JsonElement> RollBackAsync(EngineIndexId id) =>
        (
            await _shop.AskAsync(
                Askers.Staff(StaffRole.Admin),
                "mutation($id: ID!) { searchRollback(input: {indexId: $id}) { replayed index { id state } problems { code } } }",
                new { id = GlobalId.Of(id).ToString() }
            )
        ).GetProperty("searchRollback");

    private async Task<string?> RefusalAsync(EngineIndexId id)
    {
        var payload = await RollBackAsync(id);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("index").ValueKind);
        return Assert
            .Single(payload.GetProperty("problems").EnumerateArray())
            .GetProperty("code")
            .GetString();
    }

    private async Task<JsonElement> SeenAsync() =>
        (
            await new Operator(_shop.Services).SeeAsync(
                "search { store asOf lagSeconds isFilled backlog rebuild { state } indexes { id name state done progress } }"
            )
        ).GetProperty("search");

    // In the shape of a payload.
    private async Task<JsonElement> LiveAsync()
    {
        var indexes = (await SeenAsync()).GetProperty("indexes").EnumerateArray();
        return JsonSerializer.SerializeToElement(
            new { index = indexes.Single(index => index.GetProperty("state").GetString() == "LIVE") }
        );
    }

    private static EngineIndexId IdOf(JsonElement payload)
    {
        Assert.True(
            GlobalId.TryParse(payload.GetProperty("index").GetProperty("id").GetString()!, out var id)
        );
        return new(long.Parse(id.Key, System.Globalization.CultureInfo.InvariantCulture));
    }

    private Task<int> ProductsAsync() =>
        _shop
            .Get<Database<SearchDb>>()
            .Primary.ScalarAsync<int>($"select count(*)::int from search.product", default);

    private Task<int> EntriesAsync(string action, EngineIndexId id) =>
        _shop
            .Get<Database<SearchDb>>()
            .Primary.ScalarAsync<int>(
                $"""
                select count(*)::int from search.audit_entry
                where action = {Sql.Value(action)} and subject_kind = 'SearchIndex' and subject_id = {Sql.Value(
                    id.Value
                )}
                """,
                default
            );

    private IAsyncEnumerator<SearchIndex> Watch(
        EngineIndexId id,
        int? fromVersion,
        CancellationToken cancel
    ) =>
        ActivatorUtilities
            .CreateInstance<RebuildSubscriptions>(_shop.Services)
            .SearchRebuildChanged(id, fromVersion, cancel)
            .GetAsyncEnumerator(cancel);
}
