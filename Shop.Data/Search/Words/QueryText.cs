namespace Shop.Data.Search.Words;

/// <summary>Writes words as PostgreSQL reads a <c>tsquery</c>, past its parser.</summary>
/// <param name="words">One or more.</param>
/// <param name="stems">See <see cref="Stems"/>.</param>
internal sealed class QueryText(IReadOnlyList<SearchWord> words, IReadOnlyDictionary<string, string> stems)
{
    /// <summary>All of them; the parts of each side by side, or as a code.</summary>
    public string All => string.Join(" & ", Each);

    /// <summary>At least one of them.</summary>
    public string Any => string.Join(" | ", Each);

    /// <summary>One after the other, in the order of the words.</summary>
    public IEnumerable<string> Each =>
        words.Select(word =>
            word.MayBeCode
                ? $"(({InSequence(Lexemes(word))}) | '#{word.Code}')"
                : $"({InSequence(Lexemes(word))})"
        );

    /// <summary>All of them, or words that they begin; or codes that they begin.</summary>
    public string Begun => string.Join(" & ", words.Select(Beginning));

    /// <summary>All of them side by side; what changes the script begins a sequence of its own.</summary>
    public string SideBySide =>
        string.Join(" & ", SearchWord.Runs(words).Select(run => $"({InSequence(run.SelectMany(Lexemes))})"));

    private string Beginning(SearchWord word)
    {
        if (word.IsSigns)
        {
            return $"({InSequence(word.Pairs)})";
        }

        var last = word.Parts[^1];
        var whole = word.Parts.SkipLast(1).Select(part => $"'{stems.GetValueOrDefault(part, part)}' <-> ");
        var begun = $"({string.Concat(whole)}('{stems.GetValueOrDefault(last, last)}' | '{last}':*))";
        return word.MayBeCode ? $"({begun} | '#{word.Code}':*)" : begun;
    }

    private IEnumerable<string> Lexemes(SearchWord word) =>
        word.IsSigns ? word.Pairs : word.Parts.Select(part => stems.GetValueOrDefault(part, part));

    private static string InSequence(IEnumerable<string> lexemes) =>
        string.Join(" <-> ", lexemes.Select(lexeme => $"'{lexeme}'"));
}
