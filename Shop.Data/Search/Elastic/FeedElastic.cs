using Microsoft.Extensions.Logging;
using Npgsql;
using HttpMethod = Elastic.Transport.HttpMethod;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Brings Elasticsearch what has changed in the index: into each of its indexes that is searched, was searched a while ago, or is
/// being built, so that nothing is lost when they change places. What is there twice or late is refused by its version.
/// </summary>
public sealed class FeedElastic(
    Database<SearchDb> database,
    EngineIndexes indexes,
    ElasticLine line,
    ElasticWriter writer,
    EngineTurn turn,
    ILogger<FeedElastic> log
)
{
    private const int ProductsPerPage = 500;

    /// <returns>Zero: once is enough until the next second.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<int> RunAsync(CancellationToken cancel) =>
        line.IsOn ? await turn.RunAsync(EngineTurn.Feeding, FeedAllAsync, cancel) : 0;

    /// <summary>Brings one index all that has changed by now; it can be searched for when this returns.</summary>
    /// <returns>Up to where it is; null where it is not known any more what it lacks.</returns>
    /// <exception cref="ElasticFailedException">Elasticsearch is away, or the index is gone (404).</exception>
    internal async Task<IndexAge?> FeedAsync(EngineIndexRow index, CancellationToken cancel)
    {
        var (age, _, products) = await ChangesSince.ReadAsync(database.Primary, index.FedRevision, cancel);
        if (products is null)
        {
            return null;
        }

        var faults = new List<string>();
        foreach (var page in products.Chunk(ProductsPerPage))
        {
            var documents = await ElasticFeed.OfAsync(database, page, cancel);
            faults.AddRange(await writer.WriteAsync(index.Name, documents, cancel));
        }

        if (products.Length > 0)
        {
            await line.DoAsync(HttpMethod.POST, $"/{index.Name}/_refresh", body: null, cancel);
        }

        if (age.Revision != index.FedRevision || age.AsOf != index.FedAsOf)
        {
            await indexes.FedAsync(index, age, faults, cancel);
        }

        return age;
    }

    private async Task<int> FeedAllAsync(CancellationToken cancel)
    {
        foreach (var index in await indexes.ListAsync(cancel))
        {
            // One that is not yet made has nothing to be fed.
            if (index is { State: not SearchIndexState.Failed, AfterId: not null })
            {
                await TryAsync(index, cancel);
            }
        }

        return 0;
    }

    private async Task TryAsync(EngineIndexRow index, CancellationToken cancel)
    {
        try
        {
            if (!await line.HasAsync(index.Name, cancel))
            {
                await LoseAsync(index, "The index is gone from Elasticsearch.", cancel);
            }
            else if (await FeedAsync(index, cancel) is null)
            {
                await LoseAsync(
                    index,
                    "The index was away for so long that it is not known what it lacks.",
                    cancel
                );
            }
        }
        catch (ElasticFailedException fault)
        {
            // It is tried again in a second; answers come from PostgreSQL meanwhile, or say how old they are.
            log.NotFed(index.Name, fault.Message);
        }
    }

    // Another one is built at once: see RebuildIndex.
    private async Task LoseAsync(EngineIndexRow index, string why, CancellationToken cancel)
    {
        log.IndexLost(index.Name, why);
        await indexes.FailAsync(index, why, cancel);
    }
}
