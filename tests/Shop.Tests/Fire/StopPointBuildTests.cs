using System.Text;
using System.Text.RegularExpressions;
using Shop.Data.Kernel;
using Shop.Tests.Architecture;

namespace Shop.Tests.Fire;

/// <summary>Stop points are for tests: what is shipped has none, and each that the code names has its test.</summary>
public sealed partial class StopPointBuildTests
{
    private const string Switch = "SHOP_STOP_AT";

    private static readonly string[] _projects = ["Shop.Data", "Shop.Jobs", "Shop.GraphQL"];

    // A place that names its sender is one of each context that sends.
    private static readonly string[] _senders = ["catalog", "orders", "pricing", "inventory", "payments"];

    [Fact]
    public async Task What_is_shipped_stops_nowhere()
    {
        var shipped = typeof(StopPoint).Assembly.Location;
        var web = (await TestBuild.MadeAsync()).Web;
        var made = Path.Combine(Path.GetDirectoryName(web)!, Path.GetFileName(shipped));

        Offences.None(
            from type in Context.Types(Context.Data, Context.Jobs, Context.Graph)
            where References.Members(type).Any(member => member.DeclaringType == typeof(StopPoint))
            select type.FullName
        );
        Assert.False(Names(shipped, Switch));
        // The same look finds it where it is.
        Assert.True(Names(made, Switch));
    }

    [Fact]
    public void Every_stop_point_has_its_test() =>
        Assert.Equal(
            Places().Order(StringComparer.Ordinal),
            StopPointTests
                .OfJobs.Concat(StopPointTests.OfTheWeb)
                .Concat(ImportKillTests.Places)
                .Concat(CodeKillTests.Places)
                .Concat(StaffKillTests.Places)
                .Concat(PaymentKillTests.OfTheWeb)
                .Concat(PaymentKillTests.OfJobs)
                .Concat(BillKillTests.Places)
                .Concat(RelayKillTests.Places)
                .Select(row => row.Data)
                .Order(StringComparer.Ordinal)
        );

    private static bool Names(string assembly, string text) =>
        File.ReadAllBytes(assembly).AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private static IEnumerable<string> Places() =>
        from project in _projects
        from path in Directory.EnumerateFiles(
            Path.Combine(Papers.Root, project),
            "*.cs",
            SearchOption.AllDirectories
        )
        from Match call in Call().Matches(File.ReadAllText(path))
        let place = call.Groups["place"].Value
        from name in place.Contains(Sender)
            ? _senders.Select(sender => place.Replace(Sender, sender, StringComparison.Ordinal))
            : [place]
        select name;

    private const string Sender = "{messages.Sender}";

    [GeneratedRegex(
        """StopPoint\.Reach\(\$?"(?<place>[^"]+)"\)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Call();
}
