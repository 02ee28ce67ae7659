using GraphQL.Execution;

namespace Shop.GraphQL.Engine.Access;

/// <summary>The asker has not the role, or is not signed in.</summary>
internal sealed class AccessDenied : RequestError
{
    private AccessDenied(string message, string code)
        : base(message) => Code = code;

    /// <summary>Whether signing in may help.</summary>
    public bool IsGuest => Code == ErrorCode.Unauthenticated;

    /// <summary>Refuses an operation before any of it is run.</summary>
    /// <param name="needs">What it needs, each with a field that does.</param>
    /// <param name="asker">Who asks for it.</param>
    /// <exception cref="AccessDenied">They are not what it needs.</exception>
    public static void Hold(IReadOnlyDictionary<Need, string> needs, Asker asker)
    {
        foreach (var (need, field) in needs)
        {
            if (!need.IsMetBy(asker))
            {
                throw asker.Customer is null
                    ? new AccessDenied($"Sign in first. {field}: {need}", ErrorCode.Unauthenticated)
                    : new AccessDenied($"This is not yours to do. {field}: {need}", ErrorCode.Forbidden);
            }
        }
    }
}
