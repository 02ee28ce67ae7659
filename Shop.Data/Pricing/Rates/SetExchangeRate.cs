using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Pricing.Rates;

/// <summary>A rate as staff wants it to be.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key sets once.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Rate">What one unit of the shop's currency costs in it.</param>
/// <param name="StartsAt">The first moment at which it counts; null for now.</param>
/// <param name="IfVersion">The version that the rate of this moment has to be at, 0 for none; null for any.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SetExchangeRateRequest(
    Guid IdempotencyKey,
    string Currency,
    decimal Rate,
    DateTimeOffset? StartsAt,
    int? IfVersion,
    CustomerId Actor
);

/// <summary>What no rate can be.</summary>
public enum ExchangeRateFault
{
    /// <summary>It is the shop's own currency.</summary>
    Currency,

    /// <summary>See <see cref="Conversion.IsRate"/>.</summary>
    Rate,

    /// <summary>It would begin in the past: what was sold since was sold at another one.</summary>
    StartsAt,

    /// <summary>Too many rates of this currency are planned.</summary>
    TooMany,
}

/// <summary>Every way <see cref="SetExchangeRate"/> can end that a client can do something about.</summary>
public abstract record SetExchangeRateResult
{
    private SetExchangeRateResult() { }

    /// <summary>It is set.</summary>
    /// <param name="Id">Which one it is.</param>
    /// <param name="Replayed">True where an earlier call had set it.</param>
    public sealed record Saved(ExchangeRateId Id, bool Replayed) : SetExchangeRateResult;

    /// <summary>The rate of this moment is not at the version that was asked for; 0 where there is none.</summary>
    public sealed record VersionConflict(int CurrentVersion) : SetExchangeRateResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : SetExchangeRateResult;

    /// <summary>No rate can be so.</summary>
    public sealed record Refused(ExchangeRateFault Fault) : SetExchangeRateResult;
}

/// <summary>
/// Sets what the shop's currency costs in another one from a moment on: key, rate and audit entry in one transaction. A rate that has
/// begun is never changed, another one follows it; orders that were placed keep theirs.
/// </summary>
public sealed class SetExchangeRate(
    Database<PricingDb> database,
    CurrentRates rates,
    IOptions<ShopOptions> shop,
    NewId newId,
    TimeProvider clock
)
{
    /// <summary>The most rates of a currency that are to begin.</summary>
    public const int MaxPlanned = 100;

    /// <exception cref="NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public async Task<SetExchangeRateResult> RunAsync(
        SetExchangeRateRequest request,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var id = newId.Next<ExchangeRateId>();
        // PostgreSQL keeps microseconds: what is compared is what will be stored.
        var now = Stored(clock.GetUtcNow());
        var call = IdempotentCall.Of(request.IdempotencyKey, request, "pricing");
        if (await call.BeginAsync(connection, id.Value, now, cancel) is { } earlier)
        {
            return earlier.SubjectId is { } first
                ? new SetExchangeRateResult.Saved(new(first), Replayed: true)
                : new SetExchangeRateResult.KeyConflict();
        }

        // Changes take turns, so that two never set one moment.
        await db.Database.ExecuteSqlAsync(
            $"lock table pricing.exchange_rate in share row exclusive mode",
            cancel
        );
        var startsAt = Stored(request.StartsAt ?? now);
        var planned = await db
            .ExchangeRates.AsNoTracking()
            .Where(rate => rate.Currency == request.Currency && rate.StartsAt >= now)
            .ToListAsync(cancel);
        var stored = planned.SingleOrDefault(rate => rate.StartsAt == startsAt);
        if (Fault(request, startsAt < now, stored is null && planned.Count >= MaxPlanned) is { } fault)
        {
            return new SetExchangeRateResult.Refused(fault);
        }

        if (request.IfVersion is { } version && version != (stored?.Version ?? 0))
        {
            return new SetExchangeRateResult.VersionConflict(stored?.Version ?? 0);
        }

        if (stored is not null)
        {
            await call.MoveAsync(connection, stored.Id.Value, cancel);
        }

        var saved = new ExchangeRate
        {
            Id = stored?.Id ?? id,
            Currency = request.Currency,
            Rate = request.Rate,
            StartsAt = startsAt,
            Version = (stored?.Version ?? 0) + 1,
        };
        await WriteAsync(db, stored, saved, new(request.Actor, "exchangeRateSet", now, newId), cancel);
        await transaction.CommitAsync(cancel);
        await rates.AnnounceAsync();
        return new SetExchangeRateResult.Saved(saved.Id, Replayed: false);
    }

    private ExchangeRateFault? Fault(SetExchangeRateRequest request, bool isPast, bool areTooMany) =>
        request.Currency == shop.Value.Currency ? ExchangeRateFault.Currency
        : !Conversion.IsRate(request.Rate) ? ExchangeRateFault.Rate
        : isPast ? ExchangeRateFault.StartsAt
        : areTooMany ? ExchangeRateFault.TooMany
        : null;

    private static async Task WriteAsync(
        PricingDb db,
        ExchangeRate? stored,
        ExchangeRate saved,
        AuditTrail trail,
        CancellationToken cancel
    )
    {
        if (stored is null)
        {
            db.Add(saved);
            trail.Note("ExchangeRate", saved.Id, before: null, saved);
        }
        else
        {
            db.Update(saved);
            trail.NoteDifference("ExchangeRate", saved.Id, stored, saved);
        }

        await db.SaveChangesAsync(cancel);
        await trail.WriteAsync((NpgsqlConnection)db.Database.GetDbConnection(), "pricing", cancel);
    }

    private static DateTimeOffset Stored(DateTimeOffset moment) =>
        moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();
}
