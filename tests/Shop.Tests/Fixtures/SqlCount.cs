using System.Collections.Concurrent;
using System.Diagnostics;

namespace Shop.Tests.Fixtures;

/// <summary>
/// The SQL that runs between its making and its disposal on behalf of the test that made it: what runs in other classes
/// at the same time is not counted.
/// </summary>
public sealed class SqlCount : IDisposable
{
    private const string SourceName = "Shop.Tests";

    // Npgsql asks a server for its role once a second, in whichever command comes along then.
    private const string RoleCheck = "SHOW default_transaction_read_only";
    private static readonly ActivitySource _tests = new(SourceName);

    private readonly ConcurrentQueue<string> _statements = new();
    private readonly ActivityListener _listener;
    private readonly Activity? _test;

    private SqlCount()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name is "Npgsql" or SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = Note,
        };
        // From here on it hears of what runs in other classes, also before there is an activity of this test.
        ActivitySource.AddActivityListener(_listener);
        // Whatever the test calls runs inside this activity, and so do its statements.
        _test = _tests.StartActivity("test");
    }

    /// <summary>The statements so far, in the order of their ends. Those of one round trip are one entry.</summary>
    public IReadOnlyList<string> Statements => [.. _statements];

    public static SqlCount Start() => new();

    public void Dispose()
    {
        _test?.Dispose();
        _listener.Dispose();
    }

    private void Note(Activity activity)
    {
        if (
            activity.Source.Name == "Npgsql"
            && activity.TraceId == _test?.TraceId
            && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string sql
            && !sql.Contains(RoleCheck, StringComparison.Ordinal)
        )
        {
            _statements.Enqueue(sql);
        }
    }
}
