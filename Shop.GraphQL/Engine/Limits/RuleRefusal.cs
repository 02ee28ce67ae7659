using GraphQL.Execution;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>A rule of the operator's lets an operation not in at this time; nothing of it was run.</summary>
internal sealed class RuleRefusal : RequestError
{
    // Sooner than that nobody comes back, and later nobody can foresee.
    private const double Least = 0.1;
    private const double Most = 3600;

    /// <param name="rule">Its id.</param>
    /// <param name="wait">How long until there is something left, about.</param>
    /// <param name="cost">What the operation costs.</param>
    public RuleRefusal(string rule, TimeSpan wait, long cost)
        : base(
            $"The shop's rule `{rule}` does not let this operation in now; send the same request again after `retryAfter` seconds."
        )
    {
        Code = ErrorCode.Throttled;
        Rule = rule;
        Cost = cost;
        RetryAfter = Math.Round(Math.Clamp(wait.TotalSeconds, Least, Most), 1);
    }

    /// <summary>The id of the rule.</summary>
    public string Rule { get; }

    /// <summary>When to ask again, in seconds: tenths, at least one of them.</summary>
    public double RetryAfter { get; }

    /// <summary>What the operation costs.</summary>
    public long Cost { get; }
}
