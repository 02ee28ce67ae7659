using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Import.Reading;

namespace Shop.Data.Catalog.Import.Files;

/// <summary>How it can end that a file is put where imports find it.</summary>
public abstract record StageFileResult
{
    private StageFileResult() { }

    /// <summary>All of it is in.</summary>
    /// <param name="Id">Names it.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Sha256">Over all of it, for the sender to compare.</param>
    public sealed record Staged(StagedFileId Id, long Bytes, byte[] Sha256) : StageFileResult;

    /// <summary>It has more bytes than may be; nothing of it was kept.</summary>
    public sealed record TooLarge(long MaxBytes) : StageFileResult;
}

/// <summary>Puts a file into PostgreSQL, piece by piece as it comes: no more of it than one piece is ever in memory.</summary>
public sealed class StageFile(
    Database<CatalogDb> database,
    NewId newId,
    TimeProvider clock,
    IOptions<ImportOptions> options
)
{
    /// <summary>Bytes of a piece: few enough round trips, and small beside a process.</summary>
    internal const int ChunkBytes = 256 * 1024;

    /// <param name="file">Read to its end; left open.</param>
    /// <param name="format">What its sender says it is; null to go by how it begins.</param>
    /// <param name="actor">Who sends it; null for the shop itself.</param>
    /// <param name="cancel">Gives it up; what was kept by then is removed with the old files.</param>
    public async Task<StageFileResult> RunAsync(
        Stream file,
        ImportFormat? format,
        CustomerId? actor,
        CancellationToken cancel
    )
    {
        var id = newId.Next<StagedFileId>();
        await BeginAsync(id, actor, cancel);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        var bytes = 0L;
        for (var position = 0; ; position++)
        {
            var read = await file.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, cancel);
            bytes += read;
            if (bytes > options.Value.MaxBytes)
            {
                await RemoveAsync(id, cancel);
                return new StageFileResult.TooLarge(options.Value.MaxBytes);
            }

            format ??= position == 0 ? ImportFormats.OfContent(chunk.AsMemory(0, read)) : null;
            sha.AppendData(chunk, 0, read);
            if (read > 0)
            {
                await WriteAsync(id, position, chunk.AsMemory(0, read), cancel);
            }

            if (read < ChunkBytes)
            {
                var hash = sha.GetHashAndReset();
                await CompleteAsync(id, format, bytes, hash, cancel);
                return new StageFileResult.Staged(id, bytes, hash);
            }
        }
    }

    // A statement each, and no transaction around them: a client may take an hour to send a file.
    private Task<int> BeginAsync(StagedFileId id, CustomerId? actor, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"""
            insert into catalog.staged_file (id, bytes, sha256, actor_id, created_at)
            values ({Sql.Value(id.Value)}, 0, '', {Sql.Value(actor?.Value)}, {Sql.Value(clock.GetUtcNow())})
            """,
            cancel
        );

    private Task<int> WriteAsync(
        StagedFileId id,
        int position,
        ReadOnlyMemory<byte> content,
        CancellationToken cancel
    ) =>
        database.Primary.ExecuteAsync(
            $"""
            insert into catalog.staged_chunk (file_id, position, content)
            values ({Sql.Value(id.Value)}, {Sql.Value(position)}, {Sql.Value(content)})
            """,
            cancel
        );

    private Task<int> CompleteAsync(
        StagedFileId id,
        ImportFormat? format,
        long bytes,
        byte[] sha256,
        CancellationToken cancel
    ) =>
        database.Primary.ExecuteAsync(
            $"""
            update catalog.staged_file
            set format = {Sql.Value((short?)format)}, bytes = {Sql.Value(bytes)}, sha256 = {Sql.Value(
                sha256
            )},
                completed_at = {Sql.Value(clock.GetUtcNow())}
            where id = {Sql.Value(id.Value)}
            """,
            cancel
        );

    private Task<int> RemoveAsync(StagedFileId id, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"delete from catalog.staged_file where id = {Sql.Value(id.Value)}",
            cancel
        );
}
