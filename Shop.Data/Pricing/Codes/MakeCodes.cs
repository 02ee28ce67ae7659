using Npgsql;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Pricing.Codes;

/// <summary>
/// Makes codes of which one call was to make too many: a piece at a time, oldest call first, each committed with how far it is.
/// For as long as a piece takes, its worker holds the call's row; where it dies, PostgreSQL forgets the piece and lets the row go.
/// </summary>
public sealed class MakeCodes(Database<PricingDb> database, Announcer announcer, TimeProvider clock)
{
    /// <summary>Where it is told that codes were made, by the call's id; for <see cref="Signals"/>.</summary>
    public const string Channel = "pricing-codes";

    /// <summary>Codes of one piece: a second or two of work.</summary>
    private const int Piece = 50_000;

    /// <param name="cancel">Ends it; the piece under way is not made then.</param>
    /// <returns>How many codes were made; 0 where none are asked for.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away; the next call goes on.</exception>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await ClaimAsync(connection, cancel) is not { } batch)
        {
            return 0;
        }

        var count = Math.Min(Piece, batch.Wanted - batch.Made);
        await WriteCodes.MakeAsync(connection, batch, count, CodeText.Make, cancel);
        batch.Made += count;
        await MoveAsync(connection, batch, cancel);
        StopPoint.Reach("codes made, not committed");
        await transaction.CommitAsync(cancel);
        StopPoint.Reach("codes committed, nobody told");
        await announcer.PublishAsync(Channel, [(batch.Id.Value, "moved")]);
        return count;
    }

    private static Task<CodeBatch?> ClaimAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.FindAsync<CodeBatch?>(
            $"""
            select id, promotion_id, prefix, wanted, made, ends_at from pricing.code_batch
            where finished_at is null order by id limit 1 for update skip locked
            """,
            row =>
                new()
                {
                    Id = new(row.GetInt64(0)),
                    PromotionId = new(row.GetInt64(1)),
                    Prefix = row.GetString(2),
                    Wanted = row.GetInt32(3),
                    Made = row.GetInt32(4),
                    EndsAt = row.GetFieldValue<DateTimeOffset?>(5),
                },
            cancel
        );

    private Task<int> MoveAsync(NpgsqlConnection connection, CodeBatch batch, CancellationToken cancel)
    {
        DateTimeOffset? finishedAt = batch.Made == batch.Wanted ? clock.GetUtcNow() : null;
        return connection.ExecuteAsync(
            $"""
            update pricing.code_batch
            set made = {Sql.Value(batch.Made)}, finished_at = {Sql.Value(finishedAt)}, version = version + 1
            where id = {Sql.Value(batch.Id.Value)}
            """,
            cancel
        );
    }
}
