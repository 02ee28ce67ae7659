using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Catalog.Import;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using CatalogImport = Shop.Data.Catalog.Import.CatalogImport;

namespace Shop.Tests.Catalog.Import;

/// <summary>Sends files to a shop and works them off, as its jobs do.</summary>
internal sealed class ImportDesk(ShopFixture shop)
{
    public const string Header = "sku,product_code,title,list_price_gbp,units_sold,first_sold_on\n";

    /// <summary>More products of one SKU than one batch saves.</summary>
    public static string Vases(string prefix, int count) =>
        Header
        + string.Concat(
            Enumerable
                .Range(0, count)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{prefix}{i:00000},{prefix}{i:00000},VASE {i},1.00,20,\n"
                    )
                )
        );

    /// <summary>Where a file is that holds this.</summary>
    public async Task<Uri> SendAsync(byte[] content, ImportFormat format = ImportFormat.Csv)
    {
        await using var file = new MemoryStream(content);
        var staged = Assert.IsType<StageFileResult.Staged>(
            await shop.Get<StageFile>().RunAsync(file, format, new CustomerId(7), default)
        );
        return new($"http://shop.example{FileEndpoint.Path}/{GlobalId.Of(staged.Id)}");
    }

    public Task<Uri> SendAsync(string content) => SendAsync(Encoding.UTF8.GetBytes(content));

    /// <summary>Puts a file into the queue.</summary>
    public async Task<ImportId> StartAsync(Uri url, ImportErrorPolicy policy)
    {
        var request = new StartImportRequest(
            Guid.CreateVersion7(),
            new CustomerId(7),
            url,
            FileEndpoint.FileOf(url),
            Format: null,
            policy,
            OpensStock: true,
            CountsStock: true
        );
        return Assert
            .IsType<StartImportResult.Started>(await shop.Get<StartImport>().RunAsync(request, default))
            .Id;
    }

    /// <summary>Imports a file of CSV to its end.</summary>
    public async Task<CatalogImport> ImportAsync(string content, ImportErrorPolicy policy)
    {
        var id = await StartAsync(await SendAsync(content), policy);
        await WorkAsync(shop.Get<RunNextImport>());
        return await FindAsync(id);
    }

    /// <summary>One worker, until nothing is due for it.</summary>
    public static async Task WorkAsync(RunNextImport worker)
    {
        while (await worker.RunAsync(default) is not null) { }
    }

    public async Task<CatalogImport> FindAsync(ImportId id) =>
        (await shop.Get<ImportLookup>().FindAsync(id, default))!;

    /// <summary>The errors of an import: <c>3 DuplicateSku sku: the SKU … stands on line 2 already</c>.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(ImportId id)
    {
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        var errors = await db
            .ImportErrors.Where(error => error.ImportId == id)
            .OrderBy(error => error.Line)
            .ToListAsync();
        return [.. errors.Select(error => $"{error.Line} {error.Code} {error.Field}: {error.Message}")];
    }

    /// <summary>The SKUs that are in the shop, of those that begin so.</summary>
    public async Task<IReadOnlyList<string>> SkusAsync(string prefix)
    {
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        return await db
            .Variants.Where(variant => variant.Sku.StartsWith(prefix))
            .OrderBy(variant => variant.Sku)
            .Select(variant => variant.Sku)
            .ToListAsync();
    }

    /// <summary>Asks a number of the primary.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var command = shop.Get<Database<CatalogDb>>().Primary.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Holds that an import of vases has saved each of them once, and opened its stock once.</summary>
    public async Task AllSavedOnceAsync(ImportId id, string prefix, int products)
    {
        var import = await FindAsync(id);
        Assert.Equal(ImportStatus.Done, import.Status);
        Assert.Equal(new Tally(Added: products, Changed: 0, Unchanged: 0), import.Products);
        Assert.Equal(new Tally(Added: products, Changed: 0, Unchanged: 0), import.Variants);
        Assert.Equal((products, products, 0), (import.RowsRead, import.RowsSaved, import.RowsFailed));
        Assert.Equal(products, (await SkusAsync(prefix)).Count);
        await new Saga(shop).SettleAsync();
        Assert.Equal(
            products,
            await CountAsync(
                $"""
                select count(*) from inventory.stock s
                join catalog.product_variant v on v.id = s.variant_id
                where v.sku like '{prefix}%' and s.available = 18
                """
            )
        );
        Assert.Equal(0, await CountAsync("select count(*) from catalog.import_row"));
    }

    /// <summary>Has an import wait before it saves an article code, until what comes back is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string code)
    {
        var connection = await shop.Get<Database<CatalogDb>>().Primary.OpenConnectionAsync();
        await connection.ExecuteAsync(
            $"""
            begin;
            insert into catalog.product (
                id, code, slug, title, description, status, tags, options, price_from_minor, version, created_at, updated_at)
            values (1, '{Sql.Raw(code)}', 'held', '', '', 'Draft', array[]::text[], '[]', 1, 1, now(), now())
            """,
            default
        );
        // Closed, it is rolled back.
        return connection;
    }

    /// <summary>Returns once an import has saved its first batch.</summary>
    public Task BegunAsync(ImportId id) =>
        Eventually.TrueAsync(shop, $"select rows_saved > 0 from catalog.import where id = {id.Value}");
}
