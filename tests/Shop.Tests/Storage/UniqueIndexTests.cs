using System.Text.Json;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Storage;
using Shop.Tests.Accounts;
using Shop.Tests.Catalog;
using Shop.Tests.Catalog.Import;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

/// <summary>What no two rows may have alike, and how a client hears that it wanted it.</summary>
public sealed class UniqueIndexTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    // Nobody asks for these: the shop makes the value, or a repeated request is meant to find the row that is there.
    private static readonly string[] _notAskedFor =
    [
        "accounts.ix_customer_address_customer_id",
        "catalog.ix_import_status",
        "inventory.ix_stock_movement_order_id_variant_id_kind",
        "orders.ix_idempotency_key_cart_hash_cart_version",
        "orders.ix_order_number",
    ];

    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task Whatever_is_unique_and_asked_for_is_refused_by_a_problem_with_its_field()
    {
        var clashes = new Dictionary<string, Func<Task<string>>>
        {
            ["accounts.ix_customer_email_key"] = EmailAsync,
            ["catalog.ix_category_slug"] = CategoryAsync,
            ["catalog.ix_import_idempotency_key"] = ImportAsync,
            ["catalog.ix_product_code"] = () => ProductAsync(mug => mug with { Code = "UNIQUE" }),
            ["catalog.ix_product_slug"] = () => ProductAsync(mug => mug with { Slug = "unique" }),
            ["catalog.ix_product_variant_sku"] = () =>
                ProductAsync(mug => mug with { Variants = [MugVariant.Of("UNIQUE", "Red")] }),
        };

        Assert.Equal(await UniqueAsync(), clashes.Keys.Concat(_notAskedFor).Order(StringComparer.Ordinal));
        var told = new List<string>();
        foreach (var (index, clash) in clashes)
        {
            told.Add($"{index}: {await clash()}");
        }

        Assert.Equal(
            [
                "accounts.ix_customer_email_key: EMAIL_TAKEN at email",
                "catalog.ix_category_slug: INVALID_INPUT at slug",
                "catalog.ix_import_idempotency_key: IDEMPOTENCY_CONFLICT at idempotencyKey",
                "catalog.ix_product_code: INVALID_INPUT at code",
                "catalog.ix_product_slug: INVALID_INPUT at slug",
                "catalog.ix_product_variant_sku: INVALID_INPUT at variants.0.sku",
            ],
            told
        );
    }

    [Fact]
    public async Task What_an_import_finds_taken_costs_its_row_or_gets_another_name()
    {
        await shop.SavedAsync(
            Shelving.Mug() with
            {
                Code = "THEIRS",
                Slug = "jar",
                Variants = [MugVariant.Of("THEIRS-1", "Red")],
            }
        );

        var import = await _desk.ImportAsync(
            "sku,product_code,title,list_price_gbp\nTHEIRS-1,OURS,JAR,1\nOURS-1,OURS,JAR,1\nOURS-1,OURS,JAR,1\n",
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal((ImportStatus.Done, 1), (import.Status, import.RowsSaved));
        Assert.Equal(
            [
                "2 SkuOfAnotherProduct sku: the SKU THEIRS-1 belongs to the product THEIRS",
                "4 DuplicateSku sku: the SKU OURS-1 stands on line 3 already",
            ],
            await _desk.ErrorsAsync(import.Id)
        );
        Assert.Equal(
            1,
            await _desk.CountAsync("select count(*) from catalog.product where slug = 'jar-ours'")
        );
    }

    private async Task<string> ProductAsync(Func<MugInput, MugInput> named)
    {
        await shop.SaveAsync(named(Shelving.Mug()));
        return Assert.Single((await shop.SaveAsync(named(Shelving.Mug()))).Problems);
    }

    private async Task<string> CategoryAsync()
    {
        await shop.CategoryAsync("Unique");
        return Assert.Single((await shop.CategoryAsync("Únique")).Problems);
    }

    private async Task<string> EmailAsync()
    {
        var email = AccountShop.SomebodyNew();
        await shop.RegisterAsync(email);
        var again = await shop.RegisterAsync(email.ToUpperInvariant(), "another password");
        return Told(again.Payload);
    }

    private async Task<string> ImportAsync()
    {
        var key = Guid.CreateVersion7();
        await ImportAsync(key, "a");
        return Told(await ImportAsync(key, "b"));
    }

    private async Task<JsonElement> ImportAsync(Guid key, string content)
    {
        const string Start = """
            mutation($key: UUID!, $url: URL!) {
              catalogImport(input: {idempotencyKey: $key, url: $url, onError: REFUSE_ALL}) { problems { code field } }
            }
            """;
        var url = await _desk.SendAsync(content);
        return (await shop.AskAsync(Shelving.Keeper, Start, new { key, url })).GetProperty("catalogImport");
    }

    private static string Told(JsonElement payload)
    {
        var problem = Assert.Single(payload.GetProperty("problems").EnumerateArray());
        return $"{problem.GetProperty("code")} at {problem.GetProperty("field")[0]}";
    }

    private async Task<IReadOnlyList<string>> UniqueAsync()
    {
        await using var command = shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand(
                """
                select n.nspname || '.' || c.relname from pg_index i
                join pg_class c on c.oid = i.indexrelid
                join pg_namespace n on n.oid = c.relnamespace
                where i.indisunique and not i.indisprimary
                  and n.nspname in ('accounts', 'catalog', 'inventory', 'orders')
                """
            );
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
