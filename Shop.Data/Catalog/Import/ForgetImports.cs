using Microsoft.Extensions.Options;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// Retention: removes files that were sent long ago, whether or not to their end, unless an import needs them; and the
/// errors of imports that ended long ago. What an import did is remembered for ever.
/// </summary>
public sealed class ForgetImports(
    Database<CatalogDb> database,
    IOptions<ImportOptions> options,
    TimeProvider clock
)
{
    /// <summary>Files, and errors, of one call; a file may have thousands of pieces.</summary>
    private const int Files = 5;
    private const int Errors = 5_000;

    /// <returns>How many rows went; zero when nothing is left to remove.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var before = Sql.Value(clock.GetUtcNow() - options.Value.Retention);
        return database.Primary.ScalarAsync<int>(
            $"""
            with files as (
                delete from catalog.staged_file where id in (
                    select id from catalog.staged_file f
                    where created_at < {before} and not exists (
                        select from catalog.import i where i.file_id = f.id and i.finished_at is null)
                    limit {Files})
                returning 1),
            errors as (
                delete from catalog.import_error where (import_id, line) in (
                    select e.import_id, e.line from catalog.import_error e
                    join catalog.import i on i.id = e.import_id
                    where i.finished_at < {before} limit {Errors})
                returning 1)
            select count(*)::int from (select from files union all select from errors) as gone
            """,
            cancel
        );
    }
}
