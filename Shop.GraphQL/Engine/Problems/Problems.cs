namespace Shop.GraphQL.Engine.Problems;

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

/// <summary>
/// The idempotency key, or this very state of the cart, was used before with another input; nothing was done. A new deed
/// needs a new key; `field` says which of the two it was.
/// </summary>
internal sealed record IdempotencyConflict : Problem
{
    /// <summary>The key is new, but the cart was ordered as it is.</summary>
    internal static IdempotencyConflict OfCart { get; } =
        new()
        {
            Message =
                "The cart was ordered before as it is now, with another input. A change of it can be ordered.",
            Field = ["cartId"],
        };

    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.IdempotencyConflict;

    /// <inheritdoc cref="Problem.Message" />
    public string Message { get; private init; } =
        "This idempotency key was used before, with another input.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; private init; } = ["idempotencyKey"];
}

/// <summary>The shop is busy and has not begun. Send the same request again, with the same idempotency key.</summary>
/// <param name="PollAfter">Not before this moment.</param>
internal sealed record Throttled(DateTimeOffset PollAfter) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.Throttled;

    /// <inheritdoc cref="Problem.Message" />
    public string Message { get; init; } = "The shop is busy; send the same request again after `pollAfter`.";

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
