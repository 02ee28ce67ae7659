using System.Data;
using Npgsql;
using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// Loads products from a file. Rows that share a product code are the variants of one product, so a file should hold
/// all the SKUs of the products it names; what it does not name stays as it is.
/// </summary>
/// <remarks>
/// Safe to repeat, and to kill: products are committed five hundred at a time, and the same file loaded again changes
/// only what is missing or different. One import runs at a time; another waits. Memory does not grow with the file.
/// </remarks>
public sealed class ImportCatalog(
    Database<CatalogDb> database,
    CatalogAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    // Long enough that round trips do not count, short enough that a kill loses little.
    private const int ProductsPerBatch = 500;

    // Any number, as long as nobody else locks it: "catalog" in ASCII.
    private const long ImportLock = 0x63_61_74_61_6c_6f_67;

    /// <param name="file">Read from where it stands, to its end; left open.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="openStock">
    /// Hears, after each commit, the SKUs of the batch and the units they open with, known SKUs included: it has to be
    /// as repeatable as this.
    /// </param>
    /// <param name="cancel">Ends the import between two rows; committed batches stay.</param>
    /// <exception cref="IOException">The file cannot be read to its end; nothing was loaded then.</exception>
    public async Task<ImportReport> RunAsync(
        Stream file,
        ImportFormat format,
        Func<IReadOnlyList<ImportedStock>, CancellationToken, Task> openStock,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await AwaitTurnAsync(connection, cancel);
        try
        {
            return await LoadAsync(connection, SourceLine.ReadAsync(file, format, cancel), openStock, cancel);
        }
        finally
        {
            await EndTurnAsync(connection);
        }
    }

    private async Task<ImportReport> LoadAsync(
        NpgsqlConnection connection,
        IAsyncEnumerable<SourceLine> lines,
        Func<IReadOnlyList<ImportedStock>, CancellationToken, Task> openStock,
        CancellationToken cancel
    )
    {
        var tally = new ImportTally();
        var staged = new StagedRows(connection);
        await staged.FillAsync(lines, tally, cancel);
        await staged.DropRepeatedAsync(tally, cancel);

        var categories = new SaveCategories(connection, newId);
        var products = new SaveProducts(connection, newId, clock);
        var code = "";
        while (await staged.NextAsync(code, ProductsPerBatch, cancel) is { Count: > 0 } rows)
        {
            code = rows[^1].ProductCode;
            var drafts = rows.GroupBy(row => row.ProductCode)
                .Select(group => ProductDraft.Of([.. group], clock.GetUtcNow()))
                .ToArray();
            await using (var transaction = await connection.BeginTransactionAsync(cancel))
            {
                await categories.RunAsync(drafts.Select(draft => draft.Shelf), cancel);
                var (saved, variants) = await products.RunAsync(drafts, cancel);
                await transaction.CommitAsync(cancel);
                tally.Saved(saved, variants);
            }

            await openStock(await products.StockAsync(drafts, cancel), cancel);
            await announcements.PublishAsync();
        }

        // Until PostgreSQL has looked at the tables, about a minute later, it plans for empty ones: each price was found by
        // reading all products.
        await connection.ExecuteAsync(
            "analyze catalog.category, catalog.product, catalog.product_variant",
            cancel
        );
        return tally.Report();
    }

    private static async Task AwaitTurnAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var turn = new NpgsqlCommand("select pg_advisory_lock($1)", connection)
        {
            CommandTimeout = 0,
        };
        turn.Parameters.Add(Sql.Value(ImportLock));
        await turn.ExecuteNonQueryAsync(cancel);
    }

    // A connection that goes back to its pool keeps its locks until it is used again. One that broke has none.
    private static async Task EndTurnAsync(NpgsqlConnection connection)
    {
        if (connection.State == ConnectionState.Open)
        {
            await using var end = new NpgsqlCommand("select pg_advisory_unlock($1)", connection);
            end.Parameters.Add(Sql.Value(ImportLock));
            await end.ExecuteNonQueryAsync();
        }
    }
}
