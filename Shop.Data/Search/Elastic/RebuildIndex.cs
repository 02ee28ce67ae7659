using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using HttpMethod = Elastic.Transport.HttpMethod;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Builds indexes of Elasticsearch out of our own tables: where there is none, where ours look otherwise by now, and where staff want
/// it. The one that is searched stays until the new one has everything; a kill costs a page.
/// </summary>
public sealed class RebuildIndex(
    Database<SearchDb> database,
    EngineIndexes indexes,
    FeedElastic feed,
    ElasticLine line,
    ElasticWriter writer,
    EngineTurn turn,
    NewId ids,
    IOptions<ElasticOptions> options,
    TimeProvider clock,
    ILogger<RebuildIndex> log
)
{
    private const int ProductsPerPage = 500;
    private const int PagesPerTurn = 8;

    // What can be taken back is kept so long, a minute more than that is said, and what failed is told so long.
    private static readonly TimeSpan _oldFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan _failedFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan _standsStill = TimeSpan.FromHours(24);

    private (string Name, DateTimeOffset Since)? _meant;

    /// <summary>Asks for a new index, unless one is being built.</summary>
    /// <returns>Its id; null where one is being built, and while the tables are filled for the first time.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<EngineIndexId?> StartAsync(CancellationToken cancel)
    {
        var id = ids.Next<EngineIndexId>();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        return await indexes.StartAsync(connection, id, key: null, cancel) ? id : null;
    }

    /// <summary>The next pages, or the next step.</summary>
    /// <returns>Zero where there is nothing to do before the next second.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<int> RunAsync(CancellationToken cancel) =>
        line.IsOn ? await turn.RunAsync(EngineTurn.Building, StepAsync, cancel) : 0;

    private async Task<int> StepAsync(CancellationToken cancel)
    {
        var all = await indexes.ListAsync(cancel);
        var building = all.FirstOrDefault(index => index.State == SearchIndexState.Building);
        try
        {
            if (building is not null)
            {
                return await StepAsync(building, cancel);
            }

            await MeanLiveAsync(all, cancel);
            await SweepAsync(all, cancel);
        }
        catch (ElasticFailedException fault) when (fault.MayPass)
        {
            log.NotFed(building?.Name ?? options.Value.Index, fault.Message);
            return 0;
        }
        catch (ElasticFailedException fault) when (building is not null)
        {
            await FailAsync(building, fault.Message, cancel);
            return 0;
        }

        return IsWanted(all) && await StartAsync(cancel) is not null ? 1 : 0;
    }

    // One that failed is not tried again at once; one that was lost is.
    private bool IsWanted(IReadOnlyList<EngineIndexRow> all) =>
        !all.Any(index => index is { State: SearchIndexState.Live, Mapping: ElasticMapping.Version })
        && !all.Any(index =>
            index is { State: SearchIndexState.Failed, WasLive: false }
            && clock.GetUtcNow() - index.ChangedAt < TimeSpan.FromMinutes(1)
        );

    private async Task<int> StepAsync(EngineIndexRow index, CancellationToken cancel)
    {
        if (clock.GetUtcNow() - index.ChangedAt > _standsStill)
        {
            await FailAsync(index, "It stood still for a day.", cancel);
            return 0;
        }

        if (index.AfterId is not { } after)
        {
            await MakeAsync(index, cancel);
            await indexes.FilledAsync(index, after: 0, more: 0, [], cancel);
            return 1;
        }

        var filled = await FillAsync(index, after, cancel);
        return filled > 0 ? filled : await FinishAsync(index, cancel);
    }

    // The next page is read while Elasticsearch takes this one.
    private async Task<int> FillAsync(EngineIndexRow index, long after, CancellationToken cancel)
    {
        var page = await PageAsync(after, cancel);
        var filled = 0;
        for (var pages = 0; pages < PagesPerTurn && page.Count > 0; pages++)
        {
            var next = PageAsync(page[^1].Document.Product, cancel);
            try
            {
                var faults = await writer.WriteAsync(index.Name, page, cancel);
                await indexes.FilledAsync(index, page[^1].Document.Product, page.Count, faults, cancel);
                filled += page.Count;
            }
            finally
            {
                page = await next;
            }
        }

        return filled;
    }

    private Task<List<VersionedDocument>> PageAsync(long after, CancellationToken cancel) =>
        ElasticFeed.PageAsync(database, after, ProductsPerPage, cancel);

    // A kill may have come between this and what is written down.
    private async Task MakeAsync(EngineIndexRow index, CancellationToken cancel)
    {
        if (!await line.HasAsync(index.Name, cancel))
        {
            await line.DoAsync(
                HttpMethod.PUT,
                $"/{index.Name}",
                ElasticMapping.Of(options.Value, ElasticWriter.AliasOf(index.Name)),
                cancel
            );
        }
    }

    private async Task<int> FinishAsync(EngineIndexRow index, CancellationToken cancel)
    {
        if (await feed.FeedAsync(index, cancel) is not { } age)
        {
            await FailAsync(index, "More has changed meanwhile than is written down.", cancel);
            return 0;
        }

        await line.DoAsync(HttpMethod.POST, $"/{index.Name}/_refresh", body: null, cancel);
        var there = await CountAsync(index, new() { ["term"] = Field("isSearchable", true) }, cancel);
        var (here, since) = await ExpectedAsync(age.Revision, cancel);
        if (Math.Abs(there - here) > since)
        {
            await FailAsync(index, $"It has {there} products on sale; there are {here}.", cancel);
            return 0;
        }

        if (await MissingAsync(index, cancel) is { } title)
        {
            await FailAsync(index, $"It does not find '{title}'.", cancel);
            return 0;
        }

        await indexes.GoLiveAsync(index, cancel);
        log.IndexLive(index.Name, there);
        return 1;
    }

    // Products on sale, and how many were touched since a revision: by so many the engine may be off.
    private async Task<(long Here, long Since)> ExpectedAsync(long revision, CancellationToken cancel) =>
        await database.Primary.FindAsync(
            $"""
            select (select count(*) from search.product where is_searchable),
                (select count(distinct id) from search.change, unnest(products) as id where revision > {Sql.Value(
                revision
            )})
            """,
            row => (row.GetInt64(0), row.GetInt64(1)),
            cancel
        );

    // The title of a product that is not found by it, of ten; null where all are.
    private async Task<string?> MissingAsync(EngineIndexRow index, CancellationToken cancel)
    {
        var sample = await ElasticFeed.PageAsync(database, after: 0, limit: 10, cancel);
        foreach (var (_, product) in sample.Where(each => each.Document.TitleExact.Length > 0))
        {
            var words = new JsonObject { ["query"] = product.Title, ["operator"] = "and" };
            if (await CountAsync(index, new() { ["match"] = Field("title", words) }, cancel) == 0)
            {
                return product.SortTitle;
            }
        }

        return null;
    }

    private async Task<long> CountAsync(EngineIndexRow index, JsonObject query, CancellationToken cancel)
    {
        var answer = await line.DoAsync(
            HttpMethod.POST,
            $"/{index.Name}/_count",
            new() { ["query"] = query },
            cancel
        );
        return answer.GetProperty("count").GetInt64();
    }

    // What is searched stands in our own table; the alias, which is for others, follows it. Twice does no harm.
    private async Task MeanLiveAsync(IReadOnlyList<EngineIndexRow> all, CancellationToken cancel)
    {
        var live = all.FirstOrDefault(index => index.State == SearchIndexState.Live);
        if (live is not null && _meant != (live.Name, live.ChangedAt))
        {
            await MeanAsync(live, cancel);
            _meant = (live.Name, live.ChangedAt);
        }
    }

    // The name that always means the index that is searched means this one, from one moment to the next.
    private async Task MeanAsync(EngineIndexRow index, CancellationToken cancel)
    {
        var all = new JsonObject
        {
            ["index"] = $"{options.Value.Index}-*",
            ["alias"] = options.Value.Index,
            ["must_exist"] = false,
        };
        var one = new JsonObject { ["index"] = index.Name, ["alias"] = options.Value.Index };
        await line.DoAsync(
            HttpMethod.POST,
            "/_aliases",
            new()
            {
                ["actions"] = new JsonArray(
                    new JsonObject { ["remove"] = all },
                    new JsonObject { ["add"] = one }
                ),
            },
            cancel
        );
    }

    private async Task FailAsync(EngineIndexRow index, string why, CancellationToken cancel)
    {
        log.RebuildFailed(index.Name, why);
        await indexes.FailAsync(index, why, cancel);
        await RemoveAsync(index, cancel);
    }

    private async Task SweepAsync(IReadOnlyList<EngineIndexRow> all, CancellationToken cancel)
    {
        foreach (var index in all)
        {
            var age = clock.GetUtcNow() - index.ChangedAt;
            if (
                (index.State == SearchIndexState.Old && age > _oldFor)
                || (index.State == SearchIndexState.Failed && age > _failedFor)
            )
            {
                await RemoveAsync(index, cancel);
                await indexes.ForgetAsync(index, cancel);
            }
        }
    }

    private async Task RemoveAsync(EngineIndexRow index, CancellationToken cancel)
    {
        try
        {
            await line.DoAsync(HttpMethod.DELETE, $"/{index.Name}", body: null, cancel);
        }
        catch (ElasticFailedException fault) when (fault.Status == 404)
        {
            // It is gone, as it should be.
        }
    }

    private static JsonObject Field(string name, JsonNode value) => new() { [name] = value };
}
