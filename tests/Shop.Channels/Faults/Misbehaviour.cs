namespace Shop.Channels.Faults;

/// <summary>What goes wrong next: what was scripted, else what the rates draw. Thread-safe.</summary>
/// <param name="rates">For what is not scripted.</param>
public sealed class Misbehaviour(FaultRates rates)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(rates.Seed);
    private readonly List<CallScript> _calls = [];
    private readonly List<NoticeScript> _notices = [];

    /// <summary>Notices that the rates have dropped so far.</summary>
    public int NoticesDropped { get; private set; }

    /// <summary>Notices that the rates have doubled so far.</summary>
    public int NoticesDoubled { get; private set; }

    /// <summary>Calls that the rates have left without an answer so far.</summary>
    public int CallsHeld { get; private set; }

    /// <summary>Plans a fault for calls to come.</summary>
    public void Plan(CallScript script)
    {
        lock (_lock)
        {
            _calls.Add(script);
        }
    }

    /// <summary>Plans a fault for notices to come.</summary>
    public void Plan(NoticeScript script)
    {
        lock (_lock)
        {
            _notices.Add(script);
        }
    }

    /// <summary>The fault that a call meets; a script is used up by it.</summary>
    /// <param name="channel">Which channel is called.</param>
    /// <param name="verb">What for.</param>
    /// <param name="outNo">Of which payment; null where it is of none.</param>
    public CallFault OfCall(string channel, string verb, string? outNo)
    {
        lock (_lock)
        {
            var at = _calls.FindIndex(script =>
                script.Channel == channel
                && (script.Verb ?? verb) == verb
                && (script.OutNo is null || script.OutNo == outNo)
            );
            if (at < 0)
            {
                if (_random.NextDouble() >= rates.CallsHeldAfter)
                {
                    return CallFault.None;
                }

                CallsHeld++;
                return new(CallFaultKind.HoldAfter);
            }

            var found = _calls[at];
            UseUp(_calls, at, found.Times, found with { Times = found.Times - 1 });
            return new(found.Kind, found.Code);
        }
    }

    /// <summary>The fault that a notice meets, and how late it is; a script is used up by it.</summary>
    /// <param name="channel">Whose notice.</param>
    /// <param name="outNo">Of which payment.</param>
    public (NoticeFault Fault, TimeSpan Delay) OfNotice(string channel, string outNo)
    {
        lock (_lock)
        {
            var at = _notices.FindIndex(script =>
                script.Channel == channel && (script.OutNo ?? outNo) == outNo
            );
            if (at < 0)
            {
                return (Drawn(_random.NextDouble()), TimeSpan.Zero);
            }

            var found = _notices[at];
            UseUp(_notices, at, found.Times, found with { Times = found.Times - 1 });
            return (found.Fault, found.Delay);
        }
    }

    private NoticeFault Drawn(double draw)
    {
        if (draw < rates.NoticesDropped)
        {
            NoticesDropped++;
            return NoticeFault.Never;
        }

        if (draw < rates.NoticesDropped + rates.NoticesDoubled)
        {
            NoticesDoubled++;
            return NoticeFault.Twice;
        }

        return NoticeFault.None;
    }

    private static void UseUp<TScript>(List<TScript> scripts, int at, int times, TScript rest)
    {
        if (times > 1)
        {
            scripts[at] = rest;
        }
        else
        {
            scripts.RemoveAt(at);
        }
    }
}
