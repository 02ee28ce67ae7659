namespace Shop.GraphQL.Admission;

/// <summary>Every sentence that rules can log. Event ids 1300–1399; an id is never given a second meaning.</summary>
internal static partial class AdmissionLog
{
    [LoggerMessage(1301, LogLevel.Information, "Rules {Version} are in force: {Count} of them")]
    public static partial void RulesTaken(this ILogger log, string version, int count);

    [LoggerMessage(
        1302,
        LogLevel.Error,
        "The file of rules was changed and will not do; {Version} stays in force: {Reason}"
    )]
    public static partial void RulesRefused(this ILogger log, string version, string reason);

    [LoggerMessage(
        1303,
        LogLevel.Warning,
        "Redis is away; rule {Rule} goes on with its part, as one of {Nodes} nodes"
    )]
    public static partial void RuleAlone(this ILogger log, string rule, int nodes);

    [LoggerMessage(
        1304,
        LogLevel.Warning,
        "The shop is asked too much: of class {Work} not all are let in; {Running} operations run, {Limit} may"
    )]
    public static partial void ClassShed(this ILogger log, string work, int running, int limit);

    [LoggerMessage(1305, LogLevel.Information, "All of class {Work} are let in again; {Count} were not")]
    public static partial void ClassLetIn(this ILogger log, string work, long count);
}
