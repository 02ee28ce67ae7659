using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Synonyms;

/// <summary>Words that shall mean the same.</summary>
/// <param name="Id">Which are changed; null for new ones.</param>
/// <param name="IfVersion">The version that they have to be at; null for any.</param>
/// <param name="Words">Words and phrases.</param>
/// <param name="IsOneWay">Whether the first finds the others, and not they it.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SaveSynonymRequest(
    SynonymId? Id,
    int? IfVersion,
    IReadOnlyList<string> Words,
    bool IsOneWay,
    CustomerId Actor
);

/// <summary>Why words cannot mean the same.</summary>
public enum SynonymFault
{
    /// <summary>There are less than two, or more than <see cref="SaveSynonym.MaxTexts"/>.</summary>
    Count,

    /// <summary>One has no word in it, more than <see cref="SaveSynonym.MaxWords"/>, or more than <see cref="SaveSynonym.MaxLength"/> characters.</summary>
    Words,

    /// <summary>The shop has <see cref="SaveSynonym.MaxSynonyms"/> of them.</summary>
    TooMany,
}

/// <summary>Every way <see cref="SaveSynonym"/> can end that a client can do something about.</summary>
public abstract record SaveSynonymResult
{
    private SaveSynonymResult() { }

    /// <summary>They mean the same.</summary>
    /// <param name="Id">Which they are.</param>
    /// <param name="Replayed">True where they did already.</param>
    public sealed record Saved(SynonymId Id, bool Replayed) : SaveSynonymResult;

    /// <summary>There are no such ones.</summary>
    public sealed record NotFound : SaveSynonymResult;

    /// <summary>They are not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : SaveSynonymResult;

    /// <summary>No words can be so.</summary>
    public sealed record Refused(SynonymFault Fault) : SaveSynonymResult;
}

/// <summary>
/// Has words mean the same: row, revision and audit entry in one transaction. Web hosts look for them within a second. The same
/// words saved twice are saved once.
/// </summary>
public sealed class SaveSynonym(Database<SearchDb> database, NewId newId, TimeProvider clock)
{
    /// <summary>The most of a shop: all of them are in the memory of each web host.</summary>
    public const int MaxSynonyms = 5_000;

    /// <summary>The most words and phrases that mean the same.</summary>
    public const int MaxTexts = 10;

    /// <summary>The most words of one of them.</summary>
    public const int MaxWords = 5;

    /// <summary>The most characters of one of them.</summary>
    public const int MaxLength = 100;

    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<SaveSynonymResult> RunAsync(SaveSynonymRequest request, CancellationToken cancel)
    {
        string[] words = [.. request.Words.Select(text => text.Trim()).DistinctBy(Plain)];
        if (FaultOf(words) is { } fault)
        {
            return new SaveSynonymResult.Refused(fault);
        }

        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SynonymRows.LockAsync(connection, cancel);
        var stored = request.Id is { } named
            ? await SynonymRows.FindAsync(connection, named, cancel)
            : await SynonymRows.FindAsync(connection, words, request.IsOneWay, cancel);
        if (stored is null && request.Id is not null)
        {
            return new SaveSynonymResult.NotFound();
        }

        if (stored is not null && stored.Is(words, request.IsOneWay))
        {
            return new SaveSynonymResult.Saved(stored.Id, Replayed: true);
        }

        if (stored is not null && request.IfVersion is { } version && version != stored.Version)
        {
            return new SaveSynonymResult.VersionConflict(stored.Version);
        }

        if (stored is null && await SynonymRows.CountAsync(connection, cancel) >= MaxSynonyms)
        {
            return new SaveSynonymResult.Refused(SynonymFault.TooMany);
        }

        var saved = new SynonymRow(
            stored?.Id ?? newId.Next<SynonymId>(),
            (stored?.Version ?? 0) + 1,
            words,
            request.IsOneWay
        );
        await SynonymRows.WriteAsync(connection, saved, cancel);
        var trail = new AuditTrail(request.Actor, "synonymSave", clock.GetUtcNow(), newId);
        trail.Note("Synonym", saved.Id, stored?.Told, saved.Told);
        await trail.WriteAsync(connection, "search", cancel);
        await transaction.CommitAsync(cancel);
        return new SaveSynonymResult.Saved(saved.Id, Replayed: false);
    }

    private static string Plain(string text) => SearchText.Plain(SearchText.Of(text));

    private static SynonymFault? FaultOf(string[] words) =>
        words.Length is < 2 or > MaxTexts ? SynonymFault.Count
        : Array.Exists(words, text => text.Length > MaxLength || SearchText.Of(text).Count is 0 or > MaxWords)
            ? SynonymFault.Words
        : null;
}
