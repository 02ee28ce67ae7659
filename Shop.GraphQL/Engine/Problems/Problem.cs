namespace Shop.GraphQL.Engine.Problems;

/// <summary>
/// An outcome that is expected and that the client should handle; faults of ours stand in `errors` instead. New types
/// and codes may be added at any time: read this interface, and have a default branch.
/// </summary>
internal interface Problem
{
    /// <summary>What happened, for a program.</summary>
    ProblemCode Code { get; }

    /// <summary>What happened and what to do, in English, for a developer. Not for shoppers.</summary>
    string Message { get; }

    /// <summary>Path into the input, such as `["lines", "0", "quantity"]`; null where no one field is to blame.</summary>
    IReadOnlyList<string>? Field { get; }
}
