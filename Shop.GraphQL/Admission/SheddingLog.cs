namespace Shop.GraphQL.Admission;

/// <summary>Says when a class begins to get no places, and when it gets them again: twice for a crowd, however big.</summary>
internal sealed class SheddingLog(ILogger log)
{
    // Crowds come and go within seconds; one of a minute is one.
    private const int QuietSeconds = 10;

    private readonly Spell[] _spells = new Spell[WorkClasses.All.Count];

    /// <summary>Looks, each second.</summary>
    public void Look(SystemRule? rule)
    {
        foreach (var each in rule?.Classes ?? [])
        {
            ref var spell = ref _spells[(int)each.Class];
            var refused = each.State.Refused;
            if (refused != spell.Refused)
            {
                if (!spell.IsOn)
                {
                    log.ClassShed(each.Name, rule!.Limit.Running, (int)rule.Limit.Value);
                    spell = new() { IsOn = true, From = spell.Refused };
                }

                (spell.Refused, spell.Quiet) = (refused, 0);
            }
            else if (spell.IsOn && ++spell.Quiet == QuietSeconds)
            {
                log.ClassLetIn(each.Name, refused - spell.From);
                spell.IsOn = false;
            }
        }
    }

    private struct Spell
    {
        public bool IsOn;
        public long From;
        public long Refused;
        public int Quiet;
    }
}
