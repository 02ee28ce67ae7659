using Shop.GraphQL.Admission.Breakers;

namespace Shop.GraphQL.Admission;

/// <summary>The rules of a file, ready to be asked; never changed. An operation keeps the book that it began with.</summary>
/// <param name="Version">As the file says.</param>
/// <param name="LoadedAt">When it was read.</param>
/// <param name="States">What lasts of each rule, in the order of the file.</param>
/// <param name="Deny">Asked first.</param>
/// <param name="Flow">Asked next.</param>
/// <param name="Hot">Asked then.</param>
/// <param name="Subjects">Asked after those.</param>
/// <param name="System">Asked last, for a place among those that run; null where each has one.</param>
/// <param name="Breakers">Every breaker of the process; they go by them, and ask nobody.</param>
internal sealed record RuleBook(
    string Version,
    DateTimeOffset LoadedAt,
    IReadOnlyList<RuleState> States,
    IReadOnlyList<DenyRule> Deny,
    IReadOnlyList<FlowRule> Flow,
    IReadOnlyList<HotRule> Hot,
    IReadOnlyList<SubjectRule> Subjects,
    SystemRule? System,
    IReadOnlyList<BreakerRule> Breakers
)
{
    /// <summary>What they take for an operation, in the order in which they are asked.</summary>
    public IEnumerable<Taking> TakingsOf(Asking asking)
    {
        foreach (var rule in Flow)
        {
            foreach (var taking in rule.TakingsOf(asking))
            {
                yield return taking;
            }
        }

        foreach (var rule in Hot)
        {
            foreach (var taking in rule.TakingsOf(asking))
            {
                yield return taking;
            }
        }

        foreach (var rule in Subjects)
        {
            foreach (var taking in rule.TakingsOf(asking))
            {
                yield return taking;
            }
        }
    }

    /// <summary>Has breakers go by what is said of them. What they have counted, and whether they are open, stays.</summary>
    public void SetBreakers()
    {
        foreach (var (breaker, terms) in Breakers)
        {
            breaker.Terms = terms;
        }
    }

    /// <summary>Forgets those who have not asked for as long as it takes to be as new.</summary>
    public void ForgetFull()
    {
        foreach (var rule in Hot)
        {
            rule.Buckets.ForgetFull(rule.RateOf);
        }

        foreach (var rule in Subjects)
        {
            rule.Buckets.ForgetFull(rule.RateOf);
        }
    }
}
