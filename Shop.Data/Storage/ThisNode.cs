namespace Shop.Data.Storage;

/// <summary>The process that does or says something, as operators are told it.</summary>
public static class ThisNode
{
    /// <summary>Machine, or container, and process: <c>web-1:4711</c>. Another one after each start.</summary>
    public static string Name { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";
}
