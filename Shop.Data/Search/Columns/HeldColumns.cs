using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Data.Search.Columns;

/// <summary>Columns, and of when they are.</summary>
internal sealed record DatedColumns(SearchColumns Columns, IndexAge Age)
{
    /// <summary>What was made of them.</summary>
    public KeptOfRevision Kept { get; } = new();
}

/// <summary>
/// The columns of all products, which follow the index: what each of its revisions has touched is read again, from the primary.
/// Thread-safe; one for the process.
/// </summary>
public sealed class HeldColumns(
    Database<SearchDb> database,
    IOptions<SearchOptions> options,
    ILogger<HeldColumns> log
) : IDisposable
{
    // Whole blocks, so that none is copied while they are loaded.
    private const int ProductsPerPage = 16 * ColumnBlock.Size;

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private volatile DatedColumns? _current;
    private long _synonymsAt;

    /// <summary>As they are now; null before they are loaded, and where there are too many SKUs.</summary>
    internal DatedColumns? Current => _current;

    /// <summary>The revision at which staff last changed synonyms, as far as is known; null where nobody looks.</summary>
    public long? SynonymsAt => _current is null ? null : Volatile.Read(ref _synonymsAt);

    /// <summary>Loads them the first time, and later brings what has changed.</summary>
    /// <returns>False once there are more SKUs than are to be held: from then on there are no columns.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away; what was there before stays.</exception>
    public async Task<bool> FollowAsync(CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            var before = _current;
            var changes = await ChangesSince.ReadAsync(database.Primary, before?.Age.Revision ?? 0, cancel);
            var columns =
                before is null || changes.Products is null
                    ? await LoadAsync(cancel)
                    : await ReadAsync(before.Columns, [.. changes.Products.Select(ProductId.From)], cancel);
            Volatile.Write(ref _synonymsAt, changes.SynonymsAt);
            if (columns is null || columns != before?.Columns || changes.Age != before.Age)
            {
                _current = columns is null ? null : new(columns, changes.Age);
            }

            return columns is not null;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<SearchColumns?> ReadAsync(
        SearchColumns columns,
        IReadOnlyList<ProductId> products,
        CancellationToken cancel
    )
    {
        foreach (var page in products.Chunk(ProductsPerPage))
        {
            columns = columns.With(
                await database.Primary.ListAsync(
                    ColumnFeed.Of(
                        Sql.Part($"p.product_id = any({Sql.Column(page, product => product.Value)})")
                    ),
                    ColumnFeed.Read,
                    cancel
                )
            );
        }

        return IsHeld(columns) ? columns : null;
    }

    // All of them, page by page. What changes meanwhile has a later revision, and is read again with the next changes.
    private async Task<SearchColumns?> LoadAsync(CancellationToken cancel)
    {
        var (columns, last) = (SearchColumns.Empty(new()), default(ProductId));
        while (IsHeld(columns))
        {
            var page = await database.Primary.ListAsync(
                ColumnFeed.Of(
                    Sql.Part(
                        $"""
                        p.product_id in (
                            select product_id from search.product where product_id > {Sql.Value(last.Value)}
                            order by product_id limit {ProductsPerPage})
                        order by p.product_id
                        """
                    )
                ),
                ColumnFeed.Read,
                cancel
            );
            if (page.Count == 0)
            {
                return columns;
            }

            columns = columns.With(page);
            last = page[^1].Id;
        }

        return null;
    }

    private bool IsHeld(SearchColumns columns)
    {
        if (columns.SkuCount <= options.Value.MaxSkus)
        {
            return true;
        }

        log.TooManySkus(columns.SkuCount);
        return false;
    }
}
