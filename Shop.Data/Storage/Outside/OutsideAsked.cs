using System.Text;

namespace Shop.Data.Storage.Outside;

/// <summary>Whom to ask outside the shop.</summary>
/// <param name="Name">What the log and Redis call it, in small letters.</param>
/// <param name="Address">Where questions are posted.</param>
/// <param name="Key">Sent as <c>Authorization: Bearer</c>, and never logged; null for none.</param>
/// <param name="TimeLimit">How long one question may take, waiting for its turn included.</param>
/// <param name="CallsAtOnce">How many go at once, at most; at least 1.</param>
/// <param name="Lifetime">How long an answer is good.</param>
/// <param name="MaxKept">How many answers all nodes keep together; at least 1.</param>
public sealed record OutsideAsked(
    string Name,
    Uri Address,
    string? Key,
    TimeSpan TimeLimit,
    int CallsAtOnce,
    TimeSpan Lifetime,
    int MaxKept
)
{
    // A record tells all of itself, and this holds a secret.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Name);
        return true;
    }
}
