using System.Collections.Concurrent;
using Npgsql;

namespace Shop.Data.Search.Words;

/// <summary>
/// What English words are reduced to, so that <c>boxes</c> finds <c>box</c>: by PostgreSQL's own Snowball stemmer, asked once
/// for each word. Thread-safe; one for the process.
/// </summary>
public sealed class Stems(Database<SearchDb> database)
{
    // Some thirteen thousand words are a catalogue of a million SKUs; a flood of made-up ones starts over.
    private const int MaxKept = 200_000;

    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    /// <summary>The stems of what of these words can have one; a word that is not in the answer is its own.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and a word is new.</exception>
    internal async Task<IReadOnlyDictionary<string, string>> OfAsync(
        IEnumerable<SearchWord> words,
        CancellationToken cancel
    )
    {
        var parts = words.SelectMany(word => word.Parts).Where(MayHaveOne).ToHashSet(StringComparer.Ordinal);
        string[] unknown = [.. parts.Where(part => !_kept.ContainsKey(part))];
        if (unknown.Length > 0)
        {
            await AskAsync(unknown, cancel);
        }

        return parts.ToDictionary(part => part, part => _kept.GetValueOrDefault(part, part));
    }

    private static bool MayHaveOne(string part) => part.Length > 2 && part.All(char.IsAsciiLetterLower);

    private async Task AskAsync(string[] words, CancellationToken cancel)
    {
        var stems = await database.Primary.ListAsync(
            $"select w, coalesce((ts_lexize('search.english', w))[1], w) from unnest({Sql.Value(words)}) as w",
            row => (Word: row.GetString(0), Stem: row.GetString(1)),
            cancel
        );
        if (_kept.Count + stems.Count > MaxKept)
        {
            _kept.Clear();
        }

        foreach (var (word, stem) in stems)
        {
            _kept[word] = stem;
        }
    }
}
