using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Paging;

namespace Shop.Load.Bench.Graph;

/// <summary>
/// The products page as someone would write it who needs this page and nothing else: two prepared statements in one round
/// trip, and a JSON writer. What any framework is measured against.
/// </summary>
internal sealed class HandWrittenPage(NpgsqlDataSource database)
{
    private const int LowStock = 10;

    private const string Products = """
        select id, slug, title, description, brand, created_at from catalog.product
        where status = 'Active' order by created_at desc, id desc limit $1
        """;

    private const string Variants = """
        select v.* from (
            select id, created_at from catalog.product
            where status = 'Active' order by created_at desc, id desc limit $1) p
        cross join lateral (
            select v.product_id, v.id, v.sku, v.title, v.price_minor, v.currency, v.compare_at_minor,
                coalesce(s.available, 0) as available
            from catalog.product_variant v left join inventory.stock s on s.variant_id = v.id
            where v.product_id = p.id order by v.position, v.id limit 4) v
        """;

    public async Task ServeAsync(HttpContext http)
    {
        using var request = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var first = request.RootElement.GetProperty("variables").GetProperty("first").GetInt32();
        await using var connection = await database.OpenConnectionAsync(http.RequestAborted);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // One more than asked for tells whether there is a next page.
                new(Products) { Parameters = { new NpgsqlParameter<int> { TypedValue = first + 1 } } },
                new(Variants) { Parameters = { new NpgsqlParameter<int> { TypedValue = first } } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(http.RequestAborted);
        var products = new List<Product>(first + 1);
        while (await rows.ReadAsync(http.RequestAborted))
        {
            products.Add(
                new(
                    rows.GetInt64(0),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.GetString(3),
                    await rows.IsDBNullAsync(4, http.RequestAborted) ? null : rows.GetString(4),
                    await rows.GetFieldValueAsync<DateTimeOffset>(5, http.RequestAborted)
                )
            );
        }

        await rows.NextResultAsync(http.RequestAborted);
        var variants = new Dictionary<long, List<Variant>>(first);
        while (await rows.ReadAsync(http.RequestAborted))
        {
            var product = rows.GetInt64(0);
            if (!variants.TryGetValue(product, out var siblings))
            {
                variants.Add(product, siblings = []);
            }

            siblings.Add(
                new(
                    rows.GetInt64(1),
                    rows.GetString(2),
                    rows.GetString(3),
                    new(rows.GetInt64(4), rows.GetString(5)),
                    await rows.IsDBNullAsync(6, http.RequestAborted)
                        ? null
                        : new Money(rows.GetInt64(6), rows.GetString(5)),
                    rows.GetInt32(7)
                )
            );
        }

        http.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        var json = Write(products, variants, first);
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Write(
        List<Product> products,
        Dictionary<long, List<Variant>> variants,
        int first
    )
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(
            buffer,
            new()
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                SkipValidation = true,
            }
        );
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("products"u8);
        json.WriteStartArray("nodes"u8);
        foreach (var product in products.Take(first))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, IdOf("Product", product.Id));
            json.WriteString("slug"u8, product.Slug);
            json.WriteString("title"u8, product.Title);
            json.WriteString("description"u8, product.Description);
            json.WriteString("brand"u8, product.Brand);
            json.WriteString("createdAt"u8, product.CreatedAt.UtcDateTime);
            json.WriteStartObject("variants"u8);
            json.WriteStartArray("nodes"u8);
            foreach (var variant in variants.GetValueOrDefault(product.Id, []))
            {
                Write(json, variant);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var last = products[Math.Min(first, products.Count) - 1];
        json.WriteStartObject("pageInfo"u8);
        json.WriteBoolean("hasNextPage"u8, products.Count > first);
        json.WriteString("endCursor"u8, Cursor.Of($"{last.CreatedAt.UtcTicks}", $"{last.Id}"));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Variant variant)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, IdOf("ProductVariant", variant.Id));
        json.WriteString("sku"u8, variant.Sku);
        json.WriteString("title"u8, variant.Title);
        Write(json, "price"u8, variant.Price);
        Write(json, "compareAtPrice"u8, variant.CompareAt);
        json.WriteStartObject("availability"u8);
        json.WriteString(
            "status"u8,
            variant.Available == 0 ? "OUT_OF_STOCK"u8
                : variant.Available <= LowStock ? "LOW_STOCK"u8
                : "IN_STOCK"u8
        );
        json.WriteNumber("available"u8, variant.Available);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Money? price)
    {
        if (price is not { } money)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("amount"u8, $"{money.Amount}");
        json.WriteString("currencyCode"u8, money.Currency);
        json.WriteEndObject();
    }

    private static string IdOf(string kind, long id) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{kind}:{id}"));

    private sealed record Product(
        long Id,
        string Slug,
        string Title,
        string Description,
        string? Brand,
        DateTimeOffset CreatedAt
    );

    private sealed record Variant(
        long Id,
        string Sku,
        string Title,
        Money Price,
        Money? CompareAt,
        int Available
    );
}
