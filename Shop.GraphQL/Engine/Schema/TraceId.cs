using System.Diagnostics;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>What joins an answer to its lines in the log and its spans: the W3C trace id.</summary>
internal static class TraceId
{
    /// <summary>32 hex digits; null where nothing is being traced.</summary>
    public static string? Current => Activity.Current?.TraceId.ToHexString();
}
