using Shop.Data.Storage.Breakers;

namespace Shop.GraphQL.Admission.Breakers;

/// <summary>When a breaker opens, and for how long; what is not said is as without a file.</summary>
internal sealed record BreakerText(
    string Id,
    double? ErrorRatio = null,
    TimeSpan? SlowCall = null,
    double? SlowRatio = null,
    TimeSpan? Window = null,
    int? Least = null,
    TimeSpan? Open = null
)
{
    /// <summary>What comes of it for a breaker of these terms.</summary>
    public BreakerTerms Of(BreakerTerms own) =>
        new(
            ErrorRatio ?? own.ErrorRatio,
            Window ?? own.Window,
            Least ?? own.Least,
            Open ?? own.Open,
            SlowCall ?? own.SlowCall,
            SlowRatio ?? own.SlowRatio
        );

    /// <summary>What is wrong with rules about these breakers.</summary>
    public static IEnumerable<string> FaultsOf(IReadOnlyList<BreakerText> rules, AllBreakers breakers)
    {
        var known = breakers.List.Select(breaker => breaker.Id).ToHashSet();
        foreach (var rule in rules)
        {
            if (rule is null || !known.Contains(rule.Id))
            {
                yield return $"There is no breaker `{rule?.Id}`; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
                continue;
            }

            foreach (var fault in rule.Faults())
            {
                yield return $"`{rule.Id}`: {fault}";
            }
        }

        foreach (var twice in rules.GroupBy(rule => rule?.Id).Where(each => each.Count() > 1))
        {
            yield return $"Several rules are about the breaker `{twice.Key}`.";
        }
    }

    private IEnumerable<string> Faults()
    {
        if (ErrorRatio is < 0 or > 1 || SlowRatio is < 0 or > 1)
        {
            yield return "`errorRatio` and `slowRatio` are 0 to 1.";
        }

        if (SlowRatio is not null && SlowCall is null)
        {
            yield return "`slowRatio` is of calls that take `slowCall`, or longer.";
        }

        if (SlowCall < TimeSpan.FromMilliseconds(1) || SlowCall > TimeSpan.FromMinutes(1))
        {
            yield return "`slowCall` is a millisecond to a minute.";
        }

        if (Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromMinutes(10))
        {
            yield return "`window` is a second to ten minutes.";
        }

        if (Least is < 1 or > 100_000)
        {
            yield return "`least` is 1 to 100000.";
        }

        if (Open < TimeSpan.FromSeconds(1) || Open > TimeSpan.FromHours(1))
        {
            yield return "`open` is a second to an hour.";
        }
    }
}
