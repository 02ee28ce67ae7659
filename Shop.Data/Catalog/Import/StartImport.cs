using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Catalog.Import;

/// <summary>A wish to import a file.</summary>
/// <param name="IdempotencyKey">Chosen by the caller; the same key starts one import, however often it is sent.</param>
/// <param name="Actor">Who asks; null for the shop itself.</param>
/// <param name="Url">Where the file is; null for the shop's own.</param>
/// <param name="File">The file, where it is in the shop; null where it has to be fetched from <paramref name="Url"/>.</param>
/// <param name="Format">How it is written; null to go by what its sender or its name says.</param>
/// <param name="Policy">What becomes of rows that cannot be saved.</param>
/// <param name="OpensStock">Whether SKUs that were never counted get units to sell.</param>
/// <param name="CountsStock">Whether the column <c>stock</c> is read, and levels set to it.</param>
public sealed record StartImportRequest(
    Guid IdempotencyKey,
    CustomerId? Actor,
    Uri? Url,
    StagedFileId? File,
    ImportFormat? Format,
    ImportErrorPolicy Policy,
    bool OpensStock,
    bool CountsStock
);

/// <summary>Every way the start of an import can end that a client can do something about.</summary>
public abstract record StartImportResult
{
    private StartImportResult() { }

    /// <summary>It waits for its turn; or an earlier call with this key has started it.</summary>
    public sealed record Started(ImportId Id, bool Replayed) : StartImportResult;

    /// <summary>The key was used before, with another input.</summary>
    public sealed record KeyConflict : StartImportResult;

    /// <summary>There is no such file in the shop, or not any more, or not to its end.</summary>
    public sealed record NoSuchFile : StartImportResult;

    /// <summary>Files are not fetched from there; see <see cref="ImportOptions.Sources"/>.</summary>
    public sealed record SourceNotAllowed : StartImportResult;

    /// <summary>Neither the request nor the file nor its name tells how it is written.</summary>
    public sealed record UnknownFormat : StartImportResult;

    /// <summary>So many wait that one more would not be worked off in time.</summary>
    public sealed record TooMany(DateTimeOffset RetryAfter) : StartImportResult;
}

/// <summary>Puts an import into the queue; a job takes it within a second, if none runs.</summary>
public sealed class StartImport(
    Database<CatalogDb> database,
    ImportLookup imports,
    ImportSources sources,
    NewId newId,
    TimeProvider clock
)
{
    private const int MaxQueued = 100;
    private static readonly TimeSpan _retryAfter = TimeSpan.FromMinutes(1);

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<StartImportResult> RunAsync(StartImportRequest request, CancellationToken cancel)
    {
        var fingerprint = FingerprintOf(request);
        // Looked for first: a call that is repeated after the file is gone was good when it came.
        if (await imports.FindAsync(request.IdempotencyKey, cancel) is { } earlier)
        {
            return Replay(earlier, fingerprint);
        }

        if (request.File is null && !sources.Allow(request.Url!))
        {
            return new StartImportResult.SourceNotAllowed();
        }

        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        var file = request.File is { } sent ? await FindFileAsync(connection, sent, cancel) : null;
        if (request.File is not null && file is null)
        {
            return new StartImportResult.NoSuchFile();
        }

        if ((request.Format ?? file?.Format ?? FormatOf(request.Url)) is not { } format)
        {
            return new StartImportResult.UnknownFormat();
        }

        var id = newId.Next<ImportId>();
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        switch (await WriteAsync(connection, id, request, format, file?.Bytes ?? 0, fingerprint, cancel))
        {
            case Written.QueueIsFull:
                return new StartImportResult.TooMany(clock.GetUtcNow() + _retryAfter);
            case Written.KeyWasUsed:
                await transaction.RollbackAsync(cancel);
                return Replay((await imports.FindAsync(request.IdempotencyKey, cancel))!, fingerprint);
        }

        await AuditAsync(connection, id, request, format, cancel);
        await transaction.CommitAsync(cancel);
        return new StartImportResult.Started(id, Replayed: false);
    }

    private static StartImportResult Replay(CatalogImport earlier, byte[] fingerprint) =>
        earlier.Fingerprint.AsSpan().SequenceEqual(fingerprint)
            ? new StartImportResult.Started(earlier.Id, Replayed: true)
            : new StartImportResult.KeyConflict();

    private static ImportFormat? FormatOf(Uri? url) =>
        url is null ? null : ImportFormats.OfName(url.AbsolutePath);

    private static Task<(ImportFormat? Format, long Bytes)?> FindFileAsync(
        NpgsqlConnection connection,
        StagedFileId id,
        CancellationToken cancel
    ) =>
        connection.FindAsync<(ImportFormat?, long)?>(
            $"""
            select format, bytes from catalog.staged_file
            where id = {Sql.Value(id.Value)} and completed_at is not null
            """,
            row => ((ImportFormat?)row.GetFieldValue<short?>(0), row.GetInt64(1)),
            cancel
        );

    private Task<Written> WriteAsync(
        NpgsqlConnection connection,
        ImportId id,
        StartImportRequest request,
        ImportFormat format,
        long bytes,
        byte[] fingerprint,
        CancellationToken cancel
    )
    {
        const int queued = (int)ImportStatus.Queued;
        // The queue may grow past its bound by as many as are started in the same moment.
        return connection.FindAsync(
            $"""
            with room as (
                select count(*) < {MaxQueued} as is_free from catalog.import where status = {queued}
            ),
            written as (
                insert into catalog.import (
                    id, idempotency_key, fingerprint, actor_id, url, file_id, total_bytes, format, policy, opens_stock,
                    counts_stock, status, bytes_read, last_line, is_read, is_staged, code, rows_read, rows_staged, rows_saved,
                    rows_failed, errors_kept, columns_not_read, products_added, products_changed, products_unchanged,
                    variants_added, variants_changed, variants_unchanged, version, created_at, cancel_requested, attempts
                )
                select {Sql.Value(id.Value)}, {Sql.Value(request.IdempotencyKey)}, {Sql.Value(fingerprint)},
                    {Sql.Value(request.Actor?.Value)}, {Sql.Value(request.Url?.AbsoluteUri)},
                    {Sql.Value(request.File?.Value)}, {Sql.Value(bytes)}, {Sql.Value((short)format)},
                    {Sql.Value((short)request.Policy)}, {Sql.Value(request.OpensStock)},
                    {Sql.Value(request.CountsStock)}, {queued},
                    0, 0, false, false, '', 0, 0, 0, 0, 0, array[]::text[], 0, 0, 0, 0, 0, 0, 1,
                    {Sql.Value(clock.GetUtcNow())}, false, 0
                from room where is_free
                on conflict (idempotency_key) do nothing
                returning id
            )
            select is_free, exists (select from written) from room
            """,
            row =>
                !row.GetBoolean(0) ? Written.QueueIsFull
                : row.GetBoolean(1) ? Written.Whole
                : Written.KeyWasUsed,
            cancel
        );
    }

    private Task AuditAsync(
        NpgsqlConnection connection,
        ImportId id,
        StartImportRequest request,
        ImportFormat format,
        CancellationToken cancel
    )
    {
        if (request.Actor is not { } actor)
        {
            return Task.CompletedTask;
        }

        var trail = new AuditTrail(actor, "catalogImport", clock.GetUtcNow(), newId);
        trail.Note(
            "CatalogImport",
            id,
            before: null,
            after: new
            {
                Url = request.Url?.AbsoluteUri,
                Format = $"{format}",
                OnError = $"{request.Policy}",
                request.OpensStock,
            }
        );
        return trail.WriteAsync(connection, "catalog", cancel);
    }

    private static byte[] FingerprintOf(StartImportRequest request) =>
        Fingerprint.Of(
            StoredJson.Write(
                new
                {
                    request.Url,
                    request.File,
                    request.Format,
                    request.Policy,
                    request.OpensStock,
                }
            )
        );

    private enum Written
    {
        Whole,
        KeyWasUsed,
        QueueIsFull,
    }
}
