namespace Shop.GraphQL.Schema.Problems;

/// <summary>A value of the input is not acceptable.</summary>
/// <param name="Message">What is wrong with it, and what would be right.</param>
/// <param name="Field">Path of the value in the input.</param>
internal sealed record InvalidInput(string Message, IReadOnlyList<string>? Field) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.InvalidInput;
}

/// <summary>What the input names does not exist, or is not yours to see.</summary>
/// <param name="Message">What was looked for.</param>
/// <param name="Field">Path of the reference in the input.</param>
/// <param name="Id">The id that was looked for; null where the input named it otherwise.</param>
internal sealed record NotFound(string Message, IReadOnlyList<string>? Field, GlobalId? Id) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.NotFound;
}

/// <summary>It was changed since the version that the input names. Read it again, then decide.</summary>
/// <param name="CurrentVersion">Its version now.</param>
internal sealed record VersionConflict(int CurrentVersion) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.VersionConflict;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => $"It was changed in between and is at version {CurrentVersion} now.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}

/// <summary>The cart has no selected line, so there is nothing to order.</summary>
internal sealed record NothingSelected : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.NothingSelected;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "The cart has no selected line.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}

/// <summary>The idempotency key was used before with another input; nothing was done. Make a new key for a new deed.</summary>
internal sealed record IdempotencyConflict : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.IdempotencyConflict;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "This idempotency key was used before, with another input.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["idempotencyKey"];
}

/// <summary>The shop is busy and has not begun. Send the same request again, with the same idempotency key.</summary>
/// <param name="PollAfter">Not before this moment.</param>
internal sealed record Throttled(DateTimeOffset PollAfter) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.Throttled;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "The shop is busy; send the same request again after `pollAfter`.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}

/// <summary>Its status does not allow this now, such as cancelling what has been shipped.</summary>
/// <param name="Message">Why not.</param>
internal sealed record NotAllowedNow(string Message) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.NotAllowedNow;

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}
