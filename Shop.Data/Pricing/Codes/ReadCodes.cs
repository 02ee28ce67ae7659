using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Data.Pricing.Codes;

/// <summary>Reads the codes of a call from first to last, page by page: nothing is held in the database while a slow reader takes one.</summary>
public sealed class ReadCodes(Database<PricingDb> database)
{
    private const int Page = 10_000;

    /// <summary>One call; null where there is none.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<CodeBatch?> FindAsync(CodeBatchId id, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.CodeBatches.AsNoTracking().SingleOrDefaultAsync(batch => batch.Id == id, cancel);
    }

    /// <summary>Its codes, sorted; of no more than a page memory is taken.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async IAsyncEnumerable<string> RunAsync(
        CodeBatch batch,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var last = ""; ; )
        {
            var page = await database.Primary.ListAsync(
                $"""
                select code from pricing.promotion_code
                where promotion_id = {Sql.Value(batch.PromotionId.Value)} and batch_id = {Sql.Value(
                    batch.Id.Value
                )}
                    and code > {Sql.Value(last)}
                order by code limit {Page}
                """,
                row => row.GetString(0),
                cancel
            );
            foreach (var code in page)
            {
                yield return code;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1];
        }
    }
}
