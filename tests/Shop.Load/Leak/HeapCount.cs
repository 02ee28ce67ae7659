using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Load.Leak;

/// <summary>How many objects of each of the shop's own types a process keeps alive, as <c>dotnet-gcdump</c> counts them after a collection.</summary>
internal sealed partial class HeapCount
{
    private const string Ours = "Shop.";

    private const double Most = 1.05;

    private readonly Dictionary<string, int> _byType = [];

    private HeapCount() { }

    /// <summary>All objects of ours.</summary>
    public int Objects => _byType.Values.Sum();

    /// <summary>Counts, and writes what it has counted to a file.</summary>
    /// <param name="process">Whose heap; it stands still for a moment.</param>
    /// <param name="file">A <c>.gcdump</c> that is not there yet.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="UsageException">The tool is missing, or may not look into the process.</exception>
    public static async Task<HeapCount> TakeAsync(int process, string file, CancellationToken cancel)
    {
        await GcdumpAsync(["collect", "--process-id", $"{process}", "--output", file], cancel);
        return Parse(await GcdumpAsync(["report", file], cancel));
    }

    /// <summary>What a report of the tool says: bytes, count, type and, for large ones, how large, in a line.</summary>
    public static HeapCount Parse(string report)
    {
        var count = new HeapCount();
        foreach (Match line in Row().Matches(report))
        {
            var type = line.Groups["type"].Value;
            if (type.StartsWith(Ours, StringComparison.Ordinal))
            {
                var objects = int.Parse(
                    line.Groups["count"].Value,
                    NumberStyles.AllowThousands,
                    CultureInfo.InvariantCulture
                );
                count._byType[type] = count._byType.GetValueOrDefault(type) + objects;
            }
        }

        return count;
    }

    /// <summary>Types of which there are more than a twentieth more than before, the worst first.</summary>
    /// <param name="before">Before.</param>
    /// <param name="noise">So many more of a type say nothing: requests under way, rows of the catalogue that are kept.</param>
    public IReadOnlyList<(string Type, int Before, int After)> GrownSince(HeapCount before, int noise) =>
        [
            .. _byType
                .Select(type => (type.Key, Before: before._byType.GetValueOrDefault(type.Key), type.Value))
                .Where(type => type.Value > (type.Before * Most) + noise)
                .OrderByDescending(type => type.Value - type.Before),
        ];

    private static async Task<string> GcdumpAsync(IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet", ["gcdump", .. arguments])
        {
            // Where the list of tools is.
            WorkingDirectory = ShopHome.Clone ?? throw new UsageException("The tools are listed in a clone."),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var complaints = tool.StandardError.ReadToEndAsync(cancel);
        var text = await tool.StandardOutput.ReadToEndAsync(cancel);
        await tool.WaitForExitAsync(cancel);
        return tool.ExitCode == 0
            ? text
            : throw new UsageException(
                $"dotnet gcdump fails (`dotnet tool restore` fetches it): {await complaints}{text}"
            );
    }

    [GeneratedRegex(
        @"^ *[\d,]+ +(?<count>[\d,]+) +(?<type>\S.*?)( \(Bytes > \w+\))?( +\[[^\]]*\])?\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Row();
}
