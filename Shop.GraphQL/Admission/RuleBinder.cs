using System.Collections.Frozen;
using Shop.Data.Storage.Breakers;
using Shop.Data.Storage.Points;
using Shop.GraphQL.Admission.Breakers;

namespace Shop.GraphQL.Admission;

/// <summary>Makes a book of what a file says.</summary>
internal sealed class RuleBinder(
    RootArguments roots,
    SharedPoints shared,
    AllBreakers breakers,
    TimeProvider clock,
    ILogger<RuleBinder> log
)
{
    /// <param name="text">What the file says.</param>
    /// <param name="before">The book that it takes the place of: rules of the same id go on where they were.</param>
    /// <exception cref="InvalidDataException">The rules will not do; nothing was changed.</exception>
    public RuleBook Bind(RuleText text, RuleBook? before)
    {
        RuleFaults.Hold(text, roots, breakers);
        var known = before?.States.ToDictionary(state => state.Id) ?? [];
        var states = new List<RuleState>();
        return new(
            text.Version,
            clock.GetUtcNow(),
            states,
            [.. (text.Deny ?? []).Select(rule => Deny(rule, State(rule.Id)))],
            [.. (text.Flow ?? []).Select(rule => Flow(rule, State(rule.Id)))],
            [.. (text.Hot ?? []).Select(rule => Hot(rule, State(rule.Id)))],
            [.. (text.Subjects ?? []).Select(rule => Subject(rule, State(rule.Id)))],
            text.System is null ? null : Bind(text.System, text.Classes ?? new(), before?.System),
            [.. breakers.List.Select(breaker => BreakerRule.Of(breaker, text.Breakers ?? []))]
        );

        RuleState State(string id)
        {
            var state = known.GetValueOrDefault(id) ?? new(id);
            states.Add(state);
            return state;
        }
    }

    private static DenyRule Deny(DenyText rule, RuleState state) =>
        new(
            state,
            rule.Address is not null && AddressRange.TryParse(rule.Address, out var range) ? range : null,
            rule.Who
        );

    private FlowRule Flow(FlowText rule, RuleState state) =>
        new(
            state,
            rule.Operation,
            new(rule.PerSecond, rule.Burst ?? Second(rule.PerSecond), rule.WarmUp),
            rule.Scope == RuleScope.Cluster
                ? state.Keep(() => new ClusterPoints(rule.Id, shared, clock, log))
                : state.Keep(() => new TokenBucket(clock))
        );

    private HotRule Hot(HotText rule, RuleState state) =>
        new(
            state,
            rule.Operation,
            new(rule.Value),
            new(rule.PerSecond, rule.Burst ?? Second(rule.PerSecond)),
            (rule.Except ?? new Dictionary<string, double>()).ToFrozenDictionary(
                each => each.Key,
                each => new Rate(each.Value, Second(each.Value)),
                StringComparer.Ordinal
            ),
            state.Keep(() => new KeyedBuckets(clock))
        );

    private SubjectRule Subject(SubjectText rule, RuleState state) =>
        new(
            state,
            rule.Who,
            new(rule.PerSecond, rule.Points),
            rule.CartsPerAddress,
            state.Keep(() => new KeyedBuckets(clock))
        );

    private SystemRule Bind(SystemText rule, ClassesText classes, SystemRule? before) =>
        new(
            before?.Limit ?? new(clock),
            new(rule.Min, rule.Max, rule.Tolerance),
            [
                .. WorkClasses.All.Select(work => new ClassRule(
                    work,
                    classes.Of(work),
                    before?.Classes[(int)work].State ?? new(SystemRule.Id)
                )),
            ]
        );

    // Where nothing else is said, what comes in within a second can be there at once.
    private static double Second(double perSecond) => Math.Max(1, perSecond);
}
