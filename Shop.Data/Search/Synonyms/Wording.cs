using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Synonyms;

/// <summary>Turns words into what is looked for: their stems, and what means the same. Thread-safe; one for the process.</summary>
public sealed class Wording(HeldThesaurus held, Stems stems)
{
    /// <param name="words">Of a text; past the tenth none is read.</param>
    /// <param name="isBegun">Whether somebody is still typing the last one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and a word is new.</exception>
    internal async Task<SearchTerms> ReadAsync(
        IReadOnlyList<SearchWord> words,
        bool isBegun,
        CancellationToken cancel
    )
    {
        IReadOnlyList<SearchWord> read = [.. words.Take(SearchText.MaxWords)];
        var thesaurus = await held.ReadAsync(cancel);
        var terms = thesaurus.Read(read, await stems.OfAsync(read, cancel), isBegun);
        var all = terms.SelectMany(term => term.Readings).SelectMany(reading => reading);
        return new(terms, await stems.OfAsync(all, cancel));
    }
}
