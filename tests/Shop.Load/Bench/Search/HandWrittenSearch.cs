using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Shop.Load.Bench.Search;

/// <summary>
/// Search with facets as someone would write it who has the same tables and nothing else: one statement finds, ranks, pages and
/// counts.
/// </summary>
internal sealed class HandWrittenSearch(NpgsqlDataSource database)
{
    private const string Statement = """
        with words as (
            select string_agg(quote_literal(lexeme), ' & ' order by place)::tsquery as every,
                string_agg(quote_literal(lexeme), ' <-> ' order by place)::tsquery as beside
            from (
                select place, coalesce((ts_lexize('search.english', word))[1], word) as lexeme
                from unnest(string_to_array($1, ' ')) with ordinality as w(word, place)) l),
        hit as materialized (
            select p.product_id, p.slug, p.title, p.brand, p.tags, p.category_id, p.popularity, p.created_at,
                case when p.title_words = $1 then 5
                     when p.w_title @@ words.beside then 4
                     when p.w_title @@ words.every then 3
                     when p.w_names @@ words.every then 2
                     else 1 end as tier,
                exists (
                    select from search.sku s join search.stock k using (variant_id)
                    where s.product_id = p.product_id and k.available > 0) as is_sellable
            from search.product p, words
            where p.is_searchable and p.w_all @@ words.every),
        sku as materialized (
            select s.product_id, s.options, s.price_minor, coalesce(k.available, 0) as available
            from hit join search.sku s using (product_id) left join search.stock k using (variant_id))
        select * from (
            (select 'hit' as kind, slug as name, title as value, tier as count from hit
             order by tier desc, is_sellable desc, popularity desc, created_at desc, product_id limit 20)
            union all select 'total', '', '', count(*)::int from hit
            union all select 'BRAND', '', brand, count(*)::int from hit where brand is not null group by brand
            union all select 'TAG', '', tag, count(*)::int from hit, unnest(tags) as tag group by tag
            union all select 'CATEGORY', '', above::text, count(*)::int
                from hit join search.category using (category_id), unnest(path) as above group by above
            union all select 'OPTION', o ->> 'name', o ->> 'value', count(distinct product_id)::int
                from sku, jsonb_array_elements(options) as o group by 2, 3
            union all select 'AVAILABILITY', '',
                case when available = 0 then 'OUT' when available <= 10 then 'LOW' else 'IN' end, count(distinct product_id)::int
                from sku group by 3
            union all select 'PRICE', '', width_bucket(price_minor, array[0, 100, 200, 500, 1000, 2000, 5000, 10000])::text,
                count(distinct product_id)::int
                from sku group by 3) answer
        """;

    public async Task ServeAsync(HttpContext http)
    {
        using var request = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var text = request.RootElement.GetProperty("variables").GetProperty("text").GetString()!;
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var command = new NpgsqlCommand(Statement, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = text } },
        };
        await using var rows = await command.ExecuteReaderAsync(http.RequestAborted);
        var found = new List<HandCount>();
        while (await rows.ReadAsync(http.RequestAborted))
        {
            found.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt32(3)));
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(found);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}

/// <summary>A row of what was found: a hit, or how many products have a value.</summary>
/// <param name="Kind"><c>hit</c>, <c>total</c>, or a facet.</param>
/// <param name="Name">A hit's slug, or an option's name.</param>
/// <param name="Value">A hit's title, or a facet's value.</param>
/// <param name="Count">A hit's tier, or products.</param>
internal sealed record HandCount(string Kind, string Name, string Value, int Count);
