using Npgsql;

namespace Shop.Data.Search.Indexing;

/// <summary>Once a day, makes popularity of what was sold, and has sales of the past count less.</summary>
public sealed class CountPopularity(Database<SearchDb> database, TimeProvider clock)
{
    private static readonly TimeSpan _every = TimeSpan.FromDays(1);

    // Half of it is left after 14 days.
    private static readonly double _keptADay = Math.Pow(0.5, 1.0 / 14);

    /// <returns>1 where it was due, else 0.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var due = await connection.ExecuteAsync(
            $"""
            update search.clock set counted_at = {Sql.Value(now)}, revision = revision + 1
            where counted_at <= {Sql.Value(now - _every)}
            """,
            cancel
        );
        if (due > 0)
        {
            await CountAsync(connection, cancel);
            await transaction.CommitAsync(cancel);
        }

        return due;
    }

    private static Task<int> CountAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(
            $"""
            with sold as (
                select s.product_id, floor(4 * log(2, (1 + sum(k.sold_lately))::numeric))::smallint as popularity
                from search.sku s join search.stock k using (variant_id)
                where k.sold_lately > 0 group by s.product_id),
            aged as (
                update search.stock set sold_lately = case when sold_lately < 0.1 then 0
                    else sold_lately * {Sql.Value(_keptADay)}::real end
                where sold_lately > 0),
            counted as (
                update search.product p set popularity = coalesce(n.popularity, 0)
                from search.product o left join sold n using (product_id)
                where p.product_id = o.product_id and p.popularity <> coalesce(n.popularity, 0)
                returning p.product_id)
            insert into search.change (revision, products)
            select revision, array(select product_id from counted) from search.clock
            """,
            cancel
        );
}
