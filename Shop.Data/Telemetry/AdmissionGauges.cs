namespace Shop.Data.Telemetry;

/// <summary>What is looked at of the rules of admission when a reading is taken: see <see cref="ShopGauges"/>.</summary>
public static class AdmissionGauges
{
    /// <summary>What each rule has let in and refused; ids of rules are the operator's, some hundred at the most.</summary>
    public static void ObserveRules(
        this ShopMeter meter,
        Func<IEnumerable<(string Rule, long Taken, long Refused)>> read
    ) =>
        meter.Instruments.CreateObservableCounter(
            "shop.admission",
            () =>
                read()
                    .SelectMany(each =>
                        new[]
                        {
                            ShopGauges.Of(each.Taken, ("rule", each.Rule), ("outcome", "taken")),
                            ShopGauges.Of(each.Refused, ("rule", each.Rule), ("outcome", "refused")),
                        }
                    ),
            null,
            "Operations that a rule has let in or refused."
        );

    /// <summary>How often a file of rules was taken or not, and which version is in force.</summary>
    public static void ObserveRuleLoads(
        this ShopMeter meter,
        Func<(long Taken, long Refused)> loads,
        Func<string> version
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
    }
}
