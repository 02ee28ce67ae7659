namespace Shop.Data.Search.Words;

/// <summary>Writes terms as PostgreSQL reads a <c>tsquery</c>, past its parser.</summary>
/// <param name="terms">One or more.</param>
internal sealed class QueryText(SearchTerms terms)
{
    /// <summary>All of them; the parts of each word side by side, or as a code.</summary>
    public string All => string.Join(" & ", Each);

    /// <summary>At least one of them.</summary>
    public string Any => string.Join(" | ", Each);

    /// <summary>One after the other, in the order of the text.</summary>
    public IEnumerable<string> Each => terms.Each.Select(term => OrAlternatives(term, Whole));

    /// <summary>All of them, or words that they begin; or codes that they begin.</summary>
    public string Begun => string.Join(" & ", terms.Each.Select(term => OrAlternatives(term, Beginning)));

    /// <summary>All of them side by side, in one of the ways to put them; what changes the script begins a sequence of its own.</summary>
    public string SideBySide => string.Join(" | ", terms.Readings.Select(Beside));

    private string OrAlternatives(SearchTerm term, Func<SearchWord, string> wordOf)
    {
        var typed = string.Join(" & ", term.Words.Select(wordOf));
        var others = term.Alternatives.Select(words => words is [var only] ? Whole(only) : Beside(words));
        return term.Alternatives.Count == 0 ? typed : $"({string.Join(" | ", others.Prepend(typed))})";
    }

    private string Whole(SearchWord word) =>
        word.MayBeCode
            ? $"(({InSequence(Lexemes(word))}) | '#{word.Code}')"
            : $"({InSequence(Lexemes(word))})";

    private string Beside(IReadOnlyList<SearchWord> words) =>
        string.Join(" & ", SearchWord.Runs(words).Select(run => $"({InSequence(run.SelectMany(Lexemes))})"));

    private string Beginning(SearchWord word)
    {
        if (word.IsSigns)
        {
            return $"({InSequence(word.Pairs)})";
        }

        var (last, stem) = (word.Parts[^1], terms.StemsOf(word).Last());
        var whole = terms.StemsOf(word).SkipLast(1).Select(part => $"'{part}' <-> ");
        var begun = $"({string.Concat(whole)}('{stem}' | '{last}':*))";
        return word.MayBeCode ? $"({begun} | '#{word.Code}':*)" : begun;
    }

    private IEnumerable<string> Lexemes(SearchWord word) => word.IsSigns ? word.Pairs : terms.StemsOf(word);

    private static string InSequence(IEnumerable<string> lexemes) =>
        string.Join(" <-> ", lexemes.Select(lexeme => $"'{lexeme}'"));
}
