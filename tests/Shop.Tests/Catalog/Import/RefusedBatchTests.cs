using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>Batches of an import that the database refuses, for whatever reason.</summary>
public sealed class RefusedBatchTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly ImportDesk _desk = new(shop);

    [Theory]
    [InlineData("check (title not ilike 'vase%77')", 50)]
    [InlineData("check (lower(title) <> 'vase 0')", 1)]
    [InlineData("check (lower(title) <> 'vase 4999')", 1)]
    public async Task The_products_at_fault_are_told_and_all_others_are_saved_at_the_first_try(
        string constraint,
        int guilty
    )
    {
        var prefix = $"T{guilty}{constraint.Length}";
        await SqlAsync($"alter table catalog.product add constraint ck_guilty {constraint} not valid");
        var id = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Vases(prefix, 5_000)),
            ImportErrorPolicy.RefuseFailedRows
        );
        var next = await _desk.StartAsync(
            await _desk.SendAsync(ImportDesk.Header + $"{prefix},{prefix},JUG,1.00,,\n"),
            ImportErrorPolicy.RefuseAll
        );
        try
        {
            await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        }
        finally
        {
            await SqlAsync("alter table catalog.product drop constraint ck_guilty");
        }

        var import = await _desk.FindAsync(id);
        Assert.Equal((ImportStatus.Done, guilty), (import.Status, import.RowsFailed));
        Assert.Equal(5_000 - guilty, import.RowsSaved);
        Assert.Equal(5_000 - guilty, import.Products.Added);
        Assert.Equal(5_000 - guilty + 1, (await _desk.SkusAsync(prefix)).Count);
        var errors = await _desk.ErrorsAsync(id);
        Assert.Equal(guilty, errors.Count);
        Assert.All(errors, error => Assert.Matches("NotSaved .* \\(ck_guilty\\)$", error));
        Assert.Equal(ImportStatus.Done, (await _desk.FindAsync(next)).Status);
    }

    private async Task SqlAsync(string sql)
    {
        await using var command = shop.Get<Database<CatalogDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
