namespace Shop.Data.Outside;

/// <summary>On what terms a service outside is asked.</summary>
/// <param name="Name">As metrics, the log and Redis call it, in small letters.</param>
/// <param name="CallsAtOnce">How many calls a process makes at once; at least 1.</param>
/// <param name="Lifetime">How long an answer is good.</param>
/// <param name="MaxKept">How many answers all nodes keep together; the one that was used longest ago goes first. At least 1.</param>
public sealed record OutsideTerms(string Name, int CallsAtOnce, TimeSpan Lifetime, int MaxKept);
