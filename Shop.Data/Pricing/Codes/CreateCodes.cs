using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing.Codes;

/// <summary>Codes for a promotion.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key makes them once.</param>
/// <param name="Promotion">Whose codes they will be.</param>
/// <param name="Named">Codes that staff has thought of, as <see cref="CodeText.Of"/> gives them, each once; empty where they are made.</param>
/// <param name="Made">How many are made; 0 where they are named, and at most <see cref="CreateCodes.MaxMade"/>.</param>
/// <param name="Prefix">What made codes begin with; at most <see cref="CodeText.MaxPrefix"/> letters.</param>
/// <param name="EndsAt">The first moment at which they are taken no more; null for never.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record CreateCodesRequest(
    Guid IdempotencyKey,
    PromotionId Promotion,
    IReadOnlyList<string> Named,
    int Made,
    string Prefix,
    DateTimeOffset? EndsAt,
    CustomerId Actor
);

/// <summary>Every way <see cref="CreateCodes"/> can end that a client can do something about.</summary>
public abstract record CreateCodesResult
{
    private CreateCodesResult() { }

    /// <summary>They are there, and taken from now on; or a job makes them, and each is taken as soon as it is there.</summary>
    /// <param name="Batch">Tells how far they are.</param>
    /// <param name="Replayed">True where an earlier call had asked for them.</param>
    public sealed record Created(CodeBatchId Batch, bool Replayed) : CreateCodesResult;

    /// <summary>There is no such promotion.</summary>
    public sealed record NotFound : CreateCodesResult;

    /// <summary>A promotion has these codes already. None was made.</summary>
    public sealed record Taken(IReadOnlyList<string> Codes) : CreateCodesResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : CreateCodesResult;
}

/// <summary>
/// Makes codes for a promotion, or takes those that staff has thought of: all of them or none. More than a call can make while somebody
/// waits are left to <see cref="MakeCodes"/>.
/// </summary>
public sealed class CreateCodes(Database<PricingDb> database, NewId newId, TimeProvider clock)
{
    /// <summary>The most codes of one call.</summary>
    public const int MaxMade = 1_000_000;

    /// <summary>The most that it makes at once: a second or two of work. More are made in the background.</summary>
    public const int MaxAtOnce = 100_000;

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<CreateCodesResult> RunAsync(CreateCodesRequest request, CancellationToken cancel)
    {
        var (now, id) = (clock.GetUtcNow(), newId.Next<CodeBatchId>());
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "pricing");
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new CreateCodesResult.Created(new(first), Replayed: true)
                : new CreateCodesResult.KeyConflict();
        }

        if (!await db.Promotions.AnyAsync(one => one.Id == request.Promotion, cancel))
        {
            return new CreateCodesResult.NotFound();
        }

        var batch = new CodeBatch
        {
            Id = id,
            PromotionId = request.Promotion,
            Prefix = request.Prefix,
            Wanted = request.Named.Count + request.Made,
            EndsAt = request.EndsAt?.ToUniversalTime(),
            CreatedAt = now,
        };
        if (request.Made <= MaxAtOnce)
        {
            if (await WriteAsync(connection, batch, request.Named, cancel) is { Count: > 0 } taken)
            {
                return new CreateCodesResult.Taken(taken);
            }

            (batch.Made, batch.FinishedAt) = (batch.Wanted, now);
        }

        db.Add(batch);
        await db.SaveChangesAsync(cancel);
        var trail = new AuditTrail(request.Actor, "promotionCodesCreate", now, newId);
        // Who has read a code can use it, so that the trail only says how many there are.
        trail.Note(
            "Promotion",
            request.Promotion,
            before: null,
            new { codes = batch.Wanted, request.EndsAt }
        );
        await trail.WriteAsync(connection, "pricing", cancel);
        await transaction.CommitAsync(cancel);
        return new CreateCodesResult.Created(id, Replayed: false);
    }

    /// <returns>Those that were there before; empty where all is written.</returns>
    private static async Task<IReadOnlyList<string>> WriteAsync(
        NpgsqlConnection connection,
        CodeBatch batch,
        IReadOnlyList<string> named,
        CancellationToken cancel
    )
    {
        if (named.Count == 0)
        {
            await WriteCodes.MakeAsync(connection, batch, batch.Wanted, CodeText.Make, cancel);
            return [];
        }

        var written = await WriteCodes.RunAsync(connection, batch, named, cancel);
        return written == named.Count ? [] : await OthersAsync(connection, batch, named, cancel);
    }

    private static Task<List<string>> OthersAsync(
        NpgsqlConnection connection,
        CodeBatch batch,
        IReadOnlyList<string> named,
        CancellationToken cancel
    ) =>
        connection.ListAsync(
            $"""
            select code from pricing.promotion_code
            where code = any({Sql.Column(named, code => code)}) and batch_id <> {Sql.Value(batch.Id.Value)}
            order by code
            """,
            row => row.GetString(0),
            cancel
        );
}
