using System.Diagnostics.Metrics;

namespace Shop.Data.Telemetry;

/// <summary>What is looked at of the rules of admission when a reading is taken: see <see cref="ShopGauges"/>.</summary>
public static class AdmissionGauges
{
    /// <summary>What each rule has let in and refused; ids of rules are the operator's, some hundred at the most.</summary>
    /// <param name="meter">Measures.</param>
    /// <param name="read">Rule, the class of operations where it tells them apart, and how many.</param>
    public static void ObserveRules(
        this ShopMeter meter,
        Func<IEnumerable<(string Rule, string? Class, long Taken, long Refused)>> read
    ) =>
        meter.Instruments.CreateObservableCounter(
            "shop.admission",
            () =>
                read()
                    .SelectMany(each =>
                        new[]
                        {
                            Of(each.Rule, each.Class, "taken", each.Taken),
                            Of(each.Rule, each.Class, "refused", each.Refused),
                        }
                    ),
            null,
            "Operations that a rule has let in or refused."
        );

    /// <summary>How many operations of each class run, and how many may; none where any number may.</summary>
    /// <param name="meter">Measures.</param>
    /// <param name="read">Class, how many of it run, and how many of all classes may run for one of it to be let in.</param>
    public static void ObserveClasses(
        this ShopMeter meter,
        Func<IEnumerable<(string Class, int Running, int Limit)>> read
    )
    {
        meter.Instruments.CreateObservableGauge(
            "shop.admission.in_flight",
            () => read().Select(each => ShopGauges.Of(each.Running, ("class", each.Class))),
            null,
            "Operations of a class that run."
        );
        meter.Instruments.CreateObservableGauge(
            "shop.admission.limit",
            () => read().Select(each => ShopGauges.Of(each.Limit, ("class", each.Class))),
            null,
            "Operations of all classes that may run for one of this class to be let in."
        );
    }

    /// <summary>How often a file of rules was taken or not, which version is in force, and whether there is another that will not do.</summary>
    public static void ObserveRuleLoads(
        this ShopMeter meter,
        Func<(long Taken, long Refused)> loads,
        Func<string> version,
        Func<bool> isRefused
    )
    {
        meter.Instruments.CreateObservableCounter(
            "shop.rules.loads",
            () =>
                new[]
                {
                    ShopGauges.Of(loads().Taken, ("outcome", "taken")),
                    ShopGauges.Of(loads().Refused, ("outcome", "refused")),
                },
            null,
            "Files of rules that were read."
        );
        meter.Instruments.CreateObservableGauge(
            "shop.rules.info",
            () => ShopGauges.Of(1, ("version", version())),
            null,
            "Always 1; says which version of the rules is in force."
        );
        meter.Instruments.CreateObservableGauge(
            "shop.rules.fault",
            () => isRefused() ? 1 : 0,
            null,
            "1 while the file of rules, as it is now, is not in force."
        );
    }

    private static Measurement<long> Of(string rule, string? work, string outcome, long count) =>
        work is null
            ? ShopGauges.Of(count, ("rule", rule), ("outcome", outcome))
            : ShopGauges.Of(count, ("rule", rule), ("class", work), ("outcome", outcome));
}
