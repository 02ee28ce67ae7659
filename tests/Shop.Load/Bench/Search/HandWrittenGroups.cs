using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Shop.Load.Bench.Search;

/// <summary>SKUs by their makers, as SQL groups them: how many, of how many products, at which prices, how many units.</summary>
internal sealed class HandWrittenGroups(NpgsqlDataSource database)
{
    private const string Statement = """
        select p.brand, count(*)::int, count(distinct p.product_id)::int, min(s.price_minor), max(s.price_minor),
            sum(coalesce(k.available, 0))::bigint
        from search.product p join search.sku s using (product_id) left join search.stock k using (variant_id)
        where p.is_searchable and p.brand is not null and s.price_minor >= $1
        group by p.brand order by 2 desc, 1 limit 20
        """;

    public async Task ServeAsync(HttpContext http)
    {
        using var request = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var least = request.RootElement.GetProperty("variables").GetProperty("least").GetInt64() * 100;
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand(Statement, connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = least } },
        };
        await using var rows = await command.ExecuteReaderAsync(http.RequestAborted);
        var groups = new List<object>();
        while (await rows.ReadAsync(http.RequestAborted))
        {
            groups.Add(
                new
                {
                    brand = rows.GetString(0),
                    skus = rows.GetInt32(1),
                    products = rows.GetInt32(2),
                    min = rows.GetInt64(3),
                    max = rows.GetInt64(4),
                    available = rows.GetInt64(5),
                }
            );
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(groups);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}
