namespace Shop.Data.Storage.Breakers;

/// <summary>The breakers of a process. One for the process.</summary>
/// <param name="find">Asked once, when they are first wanted.</param>
public sealed class AllBreakers(Func<IEnumerable<Breaker>> find)
{
    private readonly Lazy<IReadOnlyList<Breaker>> _all = new(() =>
        [.. find().OrderBy(breaker => breaker.Id, StringComparer.Ordinal)]
    );

    /// <summary>All of them, by their ids.</summary>
    public IReadOnlyList<Breaker> List => _all.Value;
}
