using System.Runtime.CompilerServices;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Storage.PubSub;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>Imports, live.</summary>
internal sealed class ImportSubscriptions(Signals signals, ImportLookup imports)
{
    /// <summary>
    /// An import on its way, on whatever node it runs. The first event is the import as it is; then it comes whenever it has
    /// moved, steps in quick succession as one; it ends after the event whose status is final.
    /// </summary>
    /// <param name="importId">Which.</param>
    /// <param name="fromVersion">The version you have; nothing comes until there is a newer one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ExecutionError">There is no such import.</exception>
    [Staff(StaffRole.Catalog)]
    public async IAsyncEnumerable<CatalogImport> CatalogImportChanged(
        ImportId importId,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var seen = fromVersion ?? 0;
        // Heard before it is read, so that no step falls in between.
        await foreach (
            var _ in signals.ListenAsync(ImportAnnouncements.Channel, importId.Value, TimeSpan.Zero, cancel)
        )
        {
            var import =
                await imports.FindAsync(importId, cancel)
                ?? throw new ExecutionError("There is no such import.") { Code = ErrorCode.NotFound };
            if (import.Version > seen)
            {
                seen = import.Version;
                yield return CatalogImport.Of(import);
            }

            if (import.IsFinal)
            {
                yield break;
            }
        }
    }
}
