using System.Buffers;
using Shop.Data.Storage.Breakers;
using Shop.GraphQL.Admission.Breakers;

namespace Shop.GraphQL.Admission;

/// <summary>Finds out what is wrong with rules: all of it, so that a file is mended once.</summary>
internal sealed class RuleFaults(RootArguments roots, AllBreakers breakers)
{
    private const int MostRules = 200;
    private const int MostExceptions = 1_000;
    private const int MostAtOnce = 100_000;

    private static readonly SearchValues<char> _ofId = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-"
    );
    private static readonly SearchValues<char> _ofVersion = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"
    );

    private readonly List<string> _found = [];

    /// <exception cref="InvalidDataException">Something is; the message names it.</exception>
    public static void Hold(RuleText text, RootArguments roots, AllBreakers breakers)
    {
        var faults = new RuleFaults(roots, breakers);
        faults.Look(text);
        if (faults._found.Count > 0)
        {
            throw new InvalidDataException(string.Join(' ', faults._found.Take(10)));
        }
    }

    private void Look(RuleText text)
    {
        Need(IsOf(_ofVersion, 64, text.Version), "`version` is 1 to 64 letters, digits, dots and dashes.");
        string?[] ids =
        [
            .. (text.Deny ?? []).Select(rule => rule?.Id),
            .. (text.Flow ?? []).Select(rule => rule?.Id),
            .. (text.Hot ?? []).Select(rule => rule?.Id),
            .. (text.Subjects ?? []).Select(rule => rule?.Id),
        ];
        Need(ids.Length <= MostRules, $"There may be {MostRules} rules; there are {ids.Length}.");
        if (ids.FirstOrDefault(id => !IsOf(_ofId, 40, id)) is var odd && ids.Contains(odd))
        {
            _found.Add($"`{odd}` is no id: 1 to 40 small letters, digits and dashes.");
            return;
        }

        Need(!ids.Contains(SystemRule.Id), $"`{SystemRule.Id}` is what the limit of `system` is called.");
        foreach (var twice in ids.GroupBy(id => id).Where(rules => rules.Count() > 1))
        {
            _found.Add($"Several rules are `{twice.Key}`: counts belong to ids.");
        }

        foreach (var rule in text.Deny ?? [])
        {
            Look(rule);
        }

        foreach (var rule in text.Flow ?? [])
        {
            Look(rule);
        }

        foreach (var rule in text.Hot ?? [])
        {
            Look(rule);
        }

        foreach (var rule in text.Subjects ?? [])
        {
            NeedRate(rule.Id, rule.PerSecond, rule.Points);
            Need(
                rule.CartsPerAddress is >= 1 and <= 10_000,
                $"`{rule.Id}`: `cartsPerAddress` is 1 to 10000."
            );
        }

        Look(text.System, text.Classes);
        _found.AddRange(BreakerText.FaultsOf(text.Breakers ?? [], breakers));
    }

    private void Look(SystemText? rule, ClassesText? classes)
    {
        Need(classes is null || rule is not null, "`classes` are shares of what `system` lets run.");
        if (rule is not null)
        {
            Need(
                rule.Min >= 1 && rule.Min <= rule.Max && rule.Max <= MostAtOnce,
                $"`system`: `min` is 1 or more, `max` no less than `min` and no more than {MostAtOnce}."
            );
            Need(rule.Tolerance is >= 1 and <= 10, "`system`: `tolerance` is 1 to 10.");
        }

        foreach (var work in WorkClasses.All)
        {
            Need(
                classes?.Of(work) is null or (>= 0.01 and <= 1),
                $"`classes`: `{WorkClasses.NameOf(work)}` is 0.01 to 1."
            );
        }
    }

    private void Look(DenyText rule)
    {
        Need(rule.Address is not null || rule.Who is not null, $"`{rule.Id}` denies nobody.");
        Need(
            rule.Address is null || AddressRange.TryParse(rule.Address, out _),
            $"`{rule.Id}`: `address` is one, or a range such as 203.0.113.0/24."
        );
    }

    private void Look(FlowText rule)
    {
        NeedRate(rule.Id, rule.PerSecond, rule.Burst);
        NeedOperation(rule.Id, rule.Operation);
        Need(
            rule.WarmUp == TimeSpan.Zero
                || (rule.WarmUp >= TimeSpan.FromSeconds(1) && rule.WarmUp <= TimeSpan.FromHours(1)),
            $"`{rule.Id}`: `warmUp` is a second to an hour."
        );
    }

    private void Look(HotText rule)
    {
        NeedRate(rule.Id, rule.PerSecond, rule.Burst);
        NeedOperation(rule.Id, rule.Operation);
        Need(
            !roots.Has(rule.Operation) || roots.Has(rule.Operation, rule.Value),
            $"`{rule.Id}`: `{rule.Operation}` has no argument `{rule.Value}`."
        );
        Need(
            (rule.Except?.Count ?? 0) <= MostExceptions,
            $"`{rule.Id}` may have {MostExceptions} exceptions."
        );
        Need(
            rule.Except?.Keys.All(value => value.Length <= KeyedBuckets.LongestKey) ?? true,
            $"`{rule.Id}`: a value has {KeyedBuckets.LongestKey} characters at the most."
        );
        foreach (var (_, perSecond) in rule.Except ?? new Dictionary<string, double>())
        {
            NeedRate(rule.Id, perSecond, null);
        }
    }

    private void NeedOperation(string id, string operation) =>
        Need(roots.Has(operation), $"`{id}`: no schema has a root field `{operation}`.");

    private void NeedRate(string id, double perSecond, double? burst)
    {
        Need(perSecond is >= 0.001 and <= 1_000_000, $"`{id}`: `perSecond` is 0.001 to 1000000.");
        Need(
            burst is null or (>= 1 and <= 1_000_000_000),
            $"`{id}`: `burst`, or `points`, is 1 to 1000000000."
        );
    }

    private void Need(bool isSo, string fault)
    {
        if (!isSo)
        {
            _found.Add(fault);
        }
    }

    private static bool IsOf(SearchValues<char> letters, int most, string? text) =>
        text is { Length: > 0 } && text.Length <= most && !text.AsSpan().ContainsAnyExcept(letters);
}
