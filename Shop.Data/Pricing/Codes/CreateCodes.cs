using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
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

    /// <summary>They are there, and taken from now on.</summary>
    /// <param name="Replayed">True where an earlier call had made them.</param>
    public sealed record Created(bool Replayed) : CreateCodesResult;

    /// <summary>There is no such promotion.</summary>
    public sealed record NotFound : CreateCodesResult;

    /// <summary>A promotion has these codes already. None was made.</summary>
    public sealed record Taken(IReadOnlyList<string> Codes) : CreateCodesResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : CreateCodesResult;
}

/// <summary>Makes codes for a promotion, or takes those that staff has thought of: all of them or none.</summary>
public sealed class CreateCodes(Database<PricingDb> database, NewId newId, TimeProvider clock)
{
    /// <summary>The most codes that one call makes: a second of work.</summary>
    public const int MaxMade = 100_000;

    private const string Copy = "copy made_code (code) from stdin (format binary)";

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<CreateCodesResult> RunAsync(CreateCodesRequest request, CancellationToken cancel)
    {
        var (now, batch) = (clock.GetUtcNow(), newId.Next<PromotionId>().Value);
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "pricing");
        if (await call.BeginAsync(connection, batch, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is null
                ? new CreateCodesResult.KeyConflict()
                : new CreateCodesResult.Created(Replayed: true);
        }

        if (!await db.Promotions.AnyAsync(one => one.Id == request.Promotion, cancel))
        {
            return new CreateCodesResult.NotFound();
        }

        if (await WriteAsync(connection, batch, request, cancel) is { Count: > 0 } taken)
        {
            return new CreateCodesResult.Taken(taken);
        }

        var trail = new AuditTrail(request.Actor, "promotionCodesCreate", now, newId);
        // Who has read a code can use it, so that the trail only says how many there are.
        var count = request.Named.Count + request.Made;
        trail.Note("Promotion", request.Promotion, before: null, new { codes = count, request.EndsAt });
        await trail.WriteAsync(connection, "pricing", cancel);
        await transaction.CommitAsync(cancel);
        return new CreateCodesResult.Created(Replayed: false);
    }

    /// <returns>Those that were there before; empty where all is written.</returns>
    private static async Task<IReadOnlyList<string>> WriteAsync(
        NpgsqlConnection connection,
        long batch,
        CreateCodesRequest request,
        CancellationToken cancel
    )
    {
        await connection.ExecuteAsync($"create temp table made_code (code text) on commit drop", cancel);
        if (request.Named.Count > 0)
        {
            var written = await InsertAsync(connection, batch, request, request.Named, cancel);
            return written == request.Named.Count
                ? []
                : await OthersAsync(connection, batch, request.Named, cancel);
        }

        // One that is there already is made anew.
        for (var left = request.Made; left > 0; )
        {
            var made = Enumerable.Repeat(request.Prefix, left).Select(CodeText.Make);
            left -= await InsertAsync(connection, batch, request, made, cancel);
        }

        return [];
    }

    private static async Task<int> InsertAsync(
        NpgsqlConnection connection,
        long batch,
        CreateCodesRequest request,
        IEnumerable<string> codes,
        CancellationToken cancel
    )
    {
        await connection.ExecuteAsync($"truncate made_code", cancel);
        await using (var copy = await connection.BeginBinaryImportAsync(Copy, cancel))
        {
            foreach (var code in codes)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(code, NpgsqlDbType.Text, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        return await connection.ExecuteAsync(
            $"""
            insert into pricing.promotion_code (code, promotion_id, batch_id, ends_at)
            select code, {Sql.Value(request.Promotion.Value)}, {Sql.Value(batch)},
                {Sql.Value(request.EndsAt?.ToUniversalTime())}
            from made_code order by code
            on conflict do nothing
            """,
            cancel
        );
    }

    private static Task<List<string>> OthersAsync(
        NpgsqlConnection connection,
        long batch,
        IReadOnlyList<string> named,
        CancellationToken cancel
    ) =>
        connection.ListAsync(
            $"""
            select code from pricing.promotion_code
            where code = any({Sql.Column(named, code => code)}) and batch_id <> {Sql.Value(batch)}
            order by code
            """,
            row => row.GetString(0),
            cancel
        );
}
