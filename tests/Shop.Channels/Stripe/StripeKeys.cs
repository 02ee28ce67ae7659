using Shop.Channels.Wires;

namespace Shop.Channels.Stripe;

/// <summary>Idempotency keys: the first answer to one, be it a fault, is the answer to each later call, for a day.</summary>
internal sealed class StripeKeys(TimeProvider clock)
{
    private static readonly TimeSpan _term = TimeSpan.FromHours(24);

    private readonly Dictionary<string, (string Form, WireAnswer Answer, DateTimeOffset At)> _answers = [];

    /// <summary>Gives the answer that is kept, or makes one and keeps it.</summary>
    /// <param name="key">Null where the call has none: nothing is kept then.</param>
    /// <param name="form">All that the call says, in one text.</param>
    /// <param name="make">Does it.</param>
    /// <param name="broken">What to keep in place of what was made; null to keep that.</param>
    public WireAnswer Answer(string? key, string form, Func<WireAnswer> make, WireAnswer? broken)
    {
        if (key is null)
        {
            return make();
        }

        if (_answers.TryGetValue(key, out var kept) && clock.GetUtcNow() - kept.At < _term)
        {
            return kept.Form == form
                ? kept.Answer with
                {
                    Headers = new Dictionary<string, string> { ["Idempotent-Replayed"] = "true" },
                }
                : StripeWire.Refuse(new("idempotency_key_reused"));
        }

        var made = make();
        // What was not begun, since it was not asked for rightly, is not kept.
        if (made.Status < 400 || made.Status == 402 || broken is not null)
        {
            _answers[key] = (form, broken ?? made, clock.GetUtcNow());
        }

        return made;
    }
}
