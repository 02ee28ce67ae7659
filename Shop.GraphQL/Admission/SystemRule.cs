namespace Shop.GraphQL.Admission;

/// <summary>No more at once than do not make each other wait; of what earns less, fewer.</summary>
/// <param name="Limit">How many.</param>
/// <param name="Bounds">Of it.</param>
/// <param name="Classes">One for each <see cref="WorkClass"/>, in its order.</param>
internal sealed record SystemRule(AdaptiveLimit Limit, LimitBounds Bounds, IReadOnlyList<ClassRule> Classes)
{
    /// <summary>As clients are told who is refused; no rule of a file may have it.</summary>
    public const string Id = "system";

    // A place is free within milliseconds. Who waits for a second finds another crowd.
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(1);

    /// <summary>A place for an operation, to be disposed when it has been run.</summary>
    /// <returns>Null where there is none.</returns>
    public IDisposable? Enter(AskedOperation asked)
    {
        var rule = Of(asked);
        if (Limit.TryEnter(rule.Class, rule.Share, Bounds) is not { } began)
        {
            return null;
        }

        rule.State.Take();
        return new Place(this, rule.Class, began);
    }

    /// <summary>What is told to one who got no place.</summary>
    public RuleRefusal Refusal(AskedOperation asked) => Of(asked).State.Refusal(_wait, asked);

    /// <summary>So many may run, of all classes, for one of this to be let in, about.</summary>
    public int MostFor(ClassRule rule) => (int)Math.Ceiling(Math.Max(1, Limit.Value * rule.Share));

    private ClassRule Of(AskedOperation asked) => Classes[(int)WorkClasses.Of(asked)];

    private sealed class Place(SystemRule rule, WorkClass work, long began) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                rule.Limit.Leave(work, began, rule.Bounds);
            }
        }
    }
}

/// <summary>How much of the limit may be full before those of a class.</summary>
/// <param name="Class">Which.</param>
/// <param name="Share">0.01 to 1.</param>
/// <param name="State">How many of them got a place, and how many did not.</param>
internal sealed record ClassRule(WorkClass Class, double Share, RuleState State)
{
    /// <summary>As a file of rules and metrics call the class.</summary>
    public string Name { get; } = WorkClasses.NameOf(Class);
}
