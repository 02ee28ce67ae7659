using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Audit;

/// <summary>Which entries of the audit trail; what is null does not matter.</summary>
/// <param name="Actor">Whose.</param>
/// <param name="Subject">About which thing: its kind, in the words of the schema, and its id.</param>
/// <param name="Action">What was done, in the words of the schema.</param>
/// <param name="From">Done then or later.</param>
/// <param name="To">Done then or earlier.</param>
/// <param name="Below">Older than the entry of this id.</param>
public sealed record AuditFilter(
    CustomerId? Actor = null,
    (string Kind, long Id)? Subject = null,
    string? Action = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    long? Below = null
);

/// <summary>The audit trail of one context, for readers. All of them together are the shop's.</summary>
public abstract class AuditBook
{
    /// <summary>The newest entries of this context, newest first; one statement.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="count">The most that are read.</param>
    /// <param name="cancel">Ends the read.</param>
    public abstract Task<IReadOnlyList<AuditEntry>> ReadAsync(
        AuditFilter filter,
        int count,
        CancellationToken cancel
    );
}

/// <inheritdoc />
internal sealed class AuditBook<TDb>(Reads<TDb> reads) : AuditBook
    where TDb : ContextDb
{
    /// <inheritdoc />
    public override async Task<IReadOnlyList<AuditEntry>> ReadAsync(
        AuditFilter filter,
        int count,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<AuditEntry> entries = db.Set<AuditEntry>();
        // Only what is asked for stands in the statement, so that the index of that question is walked.
        entries = filter.Actor is { } actor ? entries.Where(entry => entry.ActorId == actor) : entries;
        entries = filter.Subject is var (kind, id)
            ? entries.Where(entry => entry.SubjectKind == kind && entry.SubjectId == id)
            : entries;
        entries = filter.Action is { } action ? entries.Where(entry => entry.Action == action) : entries;
        entries = filter.From is { } from ? entries.Where(entry => entry.At >= from) : entries;
        entries = filter.To is { } to ? entries.Where(entry => entry.At <= to) : entries;
        entries = filter.Below is { } below ? entries.Where(entry => entry.Id < below) : entries;
        return await entries.OrderByDescending(entry => entry.Id).Take(count).ToListAsync(cancel);
    }
}

/// <summary>Registers audit trails.</summary>
public static class AuditServices
{
    /// <summary>Lets readers of the shop's audit trail find that of a context.</summary>
    public static IServiceCollection AddAuditBook<TDb>(this IServiceCollection services)
        where TDb : ContextDb => services.AddScoped<AuditBook, AuditBook<TDb>>();
}
