namespace Shop.Jobs.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Orders">Orders that were looked at.</param>
/// <param name="Findings">What is wrong, a sentence each; empty where all agrees. At most <see cref="MaxFindings"/>.</param>
public sealed record ConsistencyReport(long Orders, IReadOnlyList<string> Findings)
{
    /// <summary>More findings than this are not listed: an operator has to look anyway.</summary>
    public const int MaxFindings = 100;

    /// <summary>Whether all records agree.</summary>
    public bool Balances => Findings.Count == 0;
}
