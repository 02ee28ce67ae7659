namespace Shop.Data.Messages;

/// <summary>The notification that a local message table has new rows.</summary>
internal static class MessageSql
{
    public static string Channel(string context) => $"{context}_messages";

    /// <summary>
    /// Wakes the workers. Sent after the commit, not inside: a NOTIFY in a transaction makes all such commits
    /// queue for one lock, and the poll finds what a lost notification did not tell.
    /// </summary>
    public static string Notify(string context) => $"notify {Channel(context)}";
}
