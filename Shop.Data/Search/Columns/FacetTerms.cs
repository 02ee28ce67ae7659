using System.Collections.Concurrent;

namespace Shop.Data.Search.Columns;

/// <summary>Gives each value of a facet a small number, for as long as the process lives. Thread-safe.</summary>
internal sealed class FacetTerms
{
    private readonly ConcurrentDictionary<FacetTerm, int> _numbers = new();
    private readonly Lock _gate = new();
    private FacetTerm[] _terms = new FacetTerm[1_024];
    private int _count;

    /// <summary>How many there are: their numbers lie below.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The value of a number.</summary>
    public FacetTerm this[int number] => Volatile.Read(ref _terms)[number];

    /// <summary>Its number, which it gets with this if it had none.</summary>
    public int NumberOf(FacetTerm term)
    {
        if (_numbers.TryGetValue(term, out var known))
        {
            return known;
        }

        lock (_gate)
        {
            if (_numbers.TryGetValue(term, out known))
            {
                return known;
            }

            if (_count == _terms.Length)
            {
                var longer = new FacetTerm[2 * _count];
                _terms.CopyTo(longer, 0);
                Volatile.Write(ref _terms, longer);
            }

            _terms[_count] = term;
            _numbers[term] = _count;
            return _count++;
        }
    }

    /// <summary>Its number; -1 where no product has it.</summary>
    public int Find(FacetTerm term) => _numbers.TryGetValue(term, out var number) ? number : -1;
}
