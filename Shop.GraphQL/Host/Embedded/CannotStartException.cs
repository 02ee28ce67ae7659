namespace Shop.GraphQL.Host.Embedded;

/// <summary>The shop cannot start here; the message tells its owner what is in the way and what helps.</summary>
internal sealed class CannotStartException(string message, Exception? cause = null)
    : Exception(message, cause);
