namespace Shop.GraphQL.Accounts;

/// <summary>There is no such account, or it has another password; which of the two the shop does not tell.</summary>
internal sealed record InvalidCredentials : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.InvalidCredentials;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "The e-mail or the password is not right.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }
}

/// <summary>The e-mail has an account already, with another password. Sign in, or register another one.</summary>
internal sealed record EmailTaken : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.EmailTaken;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "This e-mail has an account already, with another password.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["email"];
}

/// <summary>
/// The refresh token is none, or its session is over: signed out, not used for long, ended by another password, or because one
/// of its tokens came a second time. Only signing in helps.
/// </summary>
internal sealed record SessionEnded : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.SessionEnded;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "The session is over; sign in again.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["refreshToken"];
}
