namespace Shop.Jobs.Books;

/// <summary>What the books say.</summary>
/// <param name="Orders">Orders that were looked at.</param>
/// <param name="Findings">What is wrong, a sentence each; empty where the books balance. At most <see cref="MaxFindings"/>.</param>
public sealed record BooksReport(long Orders, IReadOnlyList<string> Findings)
{
    /// <summary>More findings than this are not listed: somebody has to look anyway.</summary>
    public const int MaxFindings = 100;

    /// <summary>Whether every book agrees with every other.</summary>
    public bool Balances => Findings.Count == 0;
}
