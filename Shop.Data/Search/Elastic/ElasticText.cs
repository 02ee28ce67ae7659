using System.Text.Json.Nodes;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Elastic;

/// <summary>Asks Elasticsearch for terms: the same rules as <see cref="SearchHit.Tier"/> tells them, and no score of its own.</summary>
/// <param name="terms">One or more.</param>
internal sealed class ElasticText(SearchTerms terms)
{
    // A shorter text begins too many codes.
    private const int ShortestPrefix = 4;

    /// <summary>Products that have all the terms, each with its best tier as score.</summary>
    /// <param name="whole">All words of the text, which as a whole may be a code or a title; null where it may not.</param>
    public JsonObject Tiers(IReadOnlyList<SearchWord>? whole) =>
        Json.Object(
            "dis_max",
            Json.Object(
                "queries",
                Json.Array([
                    .. whole is null ? Enumerable.Empty<JsonObject>() : Whole(whole),
                    Tier(4, SideBySide),
                    Tier(3, All("title")),
                    Tier(2, All("names")),
                    Tier(1, All("all")),
                ])
            )
        );

    /// <summary>All of them; the parts of each word side by side, or as a code.</summary>
    public JsonObject All(string field) => Json.All(Each(field));

    /// <summary>One after the other.</summary>
    public IEnumerable<JsonObject> Each(string field) => terms.Each.Select(term => One(field, term));

    private JsonObject SideBySide => Json.Any(terms.Readings.Select(reading => Beside("title", reading)));

    private JsonObject One(string field, SearchTerm term) =>
        Json.Any(
            term.Alternatives.Select(words => words is [var only] ? One(field, only) : Beside(field, words))
                .Prepend(Json.All(term.Words.Select(word => One(field, word))))
        );

    private JsonObject One(string field, SearchWord word)
    {
        var sequence = Sequence(field, terms.StemsOf(word));
        return word.MayBeCode ? Json.Any([sequence, Json.Term(field, $"#{word.Code}")]) : sequence;
    }

    private JsonObject Beside(string field, IReadOnlyList<SearchWord> words) =>
        Json.All(SearchWord.Runs(words).Select(run => Sequence(field, run.SelectMany(terms.StemsOf))));

    private static JsonObject Sequence(string field, IEnumerable<string> lexemes) =>
        lexemes.ToList() is [var only]
            ? Json.Term(field, only)
            : Json.Object("match_phrase", Json.Object(field, string.Join(' ', lexemes)));

    private static IEnumerable<JsonObject> Whole(IReadOnlyList<SearchWord> all)
    {
        var code = SearchText.CodeOf(all);
        if (code.Length > 0)
        {
            yield return Tier(6, Json.Term("codes", code));
        }

        if (code.Length >= ShortestPrefix)
        {
            yield return Tier(5, Json.Object("prefix", Json.Object("codes", code)));
        }

        yield return Tier(5, Json.Term("titleExact", SearchText.Plain(all)));
    }

    private static JsonObject Tier(int tier, JsonObject query) =>
        Json.Object("constant_score", new JsonObject { ["filter"] = query, ["boost"] = tier });
}
