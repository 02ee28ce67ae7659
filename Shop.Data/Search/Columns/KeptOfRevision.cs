using System.Collections.Concurrent;

namespace Shop.Data.Search.Columns;

/// <summary>
/// What was made of the columns of one revision, for all who ask the same: it is made once, however many ask at the same time. At most
/// 256 questions; then it begins anew. Thread-safe.
/// </summary>
internal sealed class KeptOfRevision
{
    private const int Most = 256;

    private volatile ConcurrentDictionary<string, Lazy<object>> _kept = new(StringComparer.Ordinal);

    /// <summary>The answer to a question.</summary>
    /// <param name="question">All that the answer depends on, beside the columns.</param>
    /// <param name="make">Makes it.</param>
    public T Of<T>(string question, Func<T> make)
        where T : class
    {
        var kept = _kept;
        if (kept.TryGetValue(question, out var answer))
        {
            return (T)answer.Value;
        }

        if (kept.Count >= Most)
        {
            _kept = kept = new(StringComparer.Ordinal);
        }

        return (T)kept.GetOrAdd(question, new Lazy<object>(make)).Value;
    }
}
