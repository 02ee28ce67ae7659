namespace Shop.Data.Outside;

/// <summary>On what terms a service outside is asked.</summary>
/// <param name="Name">As metrics, the log and Redis call it, in small letters.</param>
/// <param name="CallsAtOnce">How many calls a process makes at once; at least 1.</param>
/// <param name="Lifetime">How long an answer is good.</param>
/// <param name="MaxKept">How many answers all nodes keep together; the one that was used longest ago goes first. At least 1.</param>
public sealed record OutsideTerms(string Name, int CallsAtOnce, TimeSpan Lifetime, int MaxKept)
{
    /// <summary>So many calls have to be known before it is judged whether most fail.</summary>
    public int CallsToJudge { get; init; } = OutsideLine.CallsToJudge;

    /// <summary>How long a call counts.</summary>
    public TimeSpan JudgedFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long no call is made after most have failed.</summary>
    public TimeSpan Pause { get; init; } = OutsideLine.Pause;
}
