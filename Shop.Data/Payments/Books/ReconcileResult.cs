namespace Shop.Data.Payments.Books;

/// <summary>Every way the comparison with a channel's book of a day can end.</summary>
public abstract record ReconcileResult
{
    private ReconcileResult() { }

    /// <summary>The book was read and compared.</summary>
    /// <param name="Lines">How many payments and refunds it has.</param>
    /// <param name="Found">How many differences are new.</param>
    public sealed record Compared(int Lines, int Found) : ReconcileResult;

    /// <summary>The day is not over, or the channel has not made its book yet.</summary>
    public sealed record NotYet : ReconcileResult;

    /// <summary>What came can't be used; it is asked for again.</summary>
    /// <param name="Why">Without secrets.</param>
    public sealed record Broken(string Why) : ReconcileResult;

    /// <summary>The settings have no such account.</summary>
    public sealed record NoAccount : ReconcileResult;
}
