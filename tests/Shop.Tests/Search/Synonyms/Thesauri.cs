using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Words;

namespace Shop.Tests.Search.Synonyms;

/// <summary>Synonyms as tests write them.</summary>
internal static class Thesauri
{
    /// <summary>What words are reduced to.</summary>
    public static IReadOnlyDictionary<string, string> Stems { get; } =
        new Dictionary<string, string> { ["lights"] = "light", ["lamps"] = "lamp" };

    /// <param name="rules"><c>sofa, couch</c> both ways, <c>crockery => mug, plate</c> one way.</param>
    public static Thesaurus Of(params IReadOnlyList<string> rules) => new(rules.Select(Rule), Stems);

    /// <summary>A text that is still typed.</summary>
    public static SearchTerms Begun(string text, params IReadOnlyList<string> rules) =>
        new(Of(rules).Read(SearchText.Of(text), Stems, isBegun: true), Stems);

    private static SameWords Rule(string rule) =>
        new(
            [
                .. rule.Replace("=>", ",", StringComparison.Ordinal)
                    .Split(',')
                    .Select(text => SearchText.Of(text)),
            ],
            rule.Contains("=>", StringComparison.Ordinal)
        );
}
