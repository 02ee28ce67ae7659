using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Shop.Data.Telemetry;

/// <summary>
/// What the spans of statements are called: verb and table, such as <c>INSERT orders.order</c>, never what stands in them. Only
/// where a trace is recorded: elsewhere nobody sees it.
/// </summary>
internal static partial class StatementNames
{
    // Written first in most statements of verbs, and not what they are about.
    private const string Keys = ".idempotency_key";

    // Parts of a round trip that only bracket it.
    private static readonly string[] _brackets = ["BEGIN", "COMMIT"];

    /// <summary>Of a command; null where its trace is not recorded.</summary>
    public static string? Of(NpgsqlCommand command) => IsRecorded ? Of(command.CommandText) : null;

    /// <summary>Of several that go together; null where their trace is not recorded.</summary>
    public static string? Of(NpgsqlBatch batch) =>
        IsRecorded
            ? string.Join(
                ", ",
                ((IEnumerable<NpgsqlBatchCommand>)batch.BatchCommands)
                    .Select(command => Of(command.CommandText))
                    .Except(_brackets, StringComparer.Ordinal)
            )
            : null;

    /// <summary>Of a statement.</summary>
    internal static string Of(string sql)
    {
        var writes = Write().Matches(sql);
        if (
            writes.FirstOrDefault(write => !write.Value.EndsWith(Keys, StringComparison.Ordinal)) is { } write
        )
        {
            return NameOf(write);
        }

        return writes is [var key, ..] ? NameOf(key)
            : Read().Match(sql) is { Success: true } read ? $"SELECT {TableOf(read)}"
            : Word().Match(sql).Value.ToUpperInvariant();
    }

    private static bool IsRecorded => Activity.Current is { Recorded: true };

    private static string NameOf(Match match) =>
        $"{match.Groups["verb"].Value.ToUpperInvariant()} {TableOf(match)}";

    private static string TableOf(Match match) =>
        match.Groups["table"].Value.Replace("\"", "", StringComparison.Ordinal);

    [GeneratedRegex(
        """\b(?<verb>insert|update|delete)\s+(into\s+|from\s+)?(?<table>\w+\."?\w+"?)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Write();

    [GeneratedRegex(
        """\bfrom\s+(?<table>\w+\."?\w+"?)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Read();

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
