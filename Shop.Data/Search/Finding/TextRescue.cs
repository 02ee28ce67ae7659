using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>
/// What to look for where no product meets a text: first what its words may have been meant for, as all products are called, then
/// fewer words, as far as the page's own filters let anything through. What is ticked changes no word.
/// </summary>
/// <param name="search">Says what products have.</param>
/// <param name="query">What is looked for.</param>
/// <param name="none">What was found so far: nothing.</param>
internal sealed class TextRescue(ProductSearch search, SearchQuery query, SearchResult none)
{
    // Of a word that is offered instead, so many are looked up.
    private const int MaxCandidates = 6;

    /// <summary>What is found instead; nothing where no product that passes has any of the words.</summary>
    /// <param name="typed">The text, and what it says.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task<SearchResult> RunAsync(TextReading typed, CancellationToken cancel)
    {
        var vocabulary = await search.VocabularyAsync(cancel);
        var words = await search.LookAsync(query, typed.Terms, cancel);
        var candidates = CandidatesOf(typed.Terms.Each, words.Known, vocabulary).Take(MaxCandidates).ToList();
        var reading = typed with { Candidates = candidates };
        if (query.CorrectText && candidates.Count > 0)
        {
            reading = typed with
            {
                Terms = await search.ReadAsync(candidates[0], cancel),
                IsCorrected = true,
                Candidates = [.. candidates.Skip(1)],
            };
            var found = await search.MatchAsync(query, reading.Terms, whole: null, cancel);
            if (await found.HasUntickedAsync(cancel))
            {
                return found.ReadAs(reading);
            }

            words = await search.LookAsync(query, reading.Terms, cancel);
        }

        return await RelaxAsync(reading, await words.KeptAsync(cancel), cancel);
    }

    private async Task<SearchResult> RelaxAsync(TextReading reading, int kept, CancellationToken cancel)
    {
        if (kept == 0)
        {
            return none.ReadAs(reading);
        }

        reading = reading with { Terms = reading.Terms.Only(kept), IsRelaxed = true };
        return (await search.MatchAsync(query, reading.Terms, whole: null, cancel)).ReadAs(reading);
    }

    // The likeliest for each word that no product has, then one word's next likeliest in its place.
    private static IEnumerable<IReadOnlyList<SearchWord>> CandidatesOf(
        IReadOnlyList<SearchTerm> terms,
        int known,
        Vocabulary vocabulary
    )
    {
        var choices = terms
            .Select((term, place) => (known & (1 << place)) == 0 ? term.Corrections(vocabulary) : [])
            .ToList();
        if (choices.TrueForAll(choice => choice.Count == 0))
        {
            yield break;
        }

        IReadOnlyList<SearchWord>[] likeliest =
        [
            .. terms.Select((term, place) => choices[place] is [var first, ..] ? [first] : term.Words),
        ];
        yield return [.. likeliest.SelectMany(words => words)];
        foreach (var (place, choice) in choices.Index())
        {
            foreach (var other in choice.Skip(1))
            {
                yield return
                [
                    .. likeliest[..place].SelectMany(words => words),
                    other,
                    .. likeliest[(place + 1)..].SelectMany(words => words),
                ];
            }
        }
    }
}
