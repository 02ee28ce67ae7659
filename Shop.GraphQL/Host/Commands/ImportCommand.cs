using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary><c>import FILE</c>: loads products from CSV or JSON Lines, gzipped or not, and opens their stock.</summary>
internal static class ImportCommand
{
    private const int MaxShown = 20;

    /// <returns>0 where every row was loaded; 1 where some could not be saved; 2 without a file of either kind.</returns>
    public static async Task<int> RunAsync(
        string? path,
        IServiceProvider services,
        Steps steps,
        CancellationToken cancel
    )
    {
        if (!File.Exists(path))
        {
            await steps.SayAsync($"There is no file {path}.");
            return 2;
        }

        if (ImportFormats.OfName(path) is not { } format)
        {
            await steps.SayAsync($"{path} is called neither .csv nor .jsonl (nor .csv.gz, .jsonl.gz).");
            return 2;
        }

        await using var file = File.OpenRead(path);
        var report = await services.GetRequiredService<ImportCatalog>().RunAsync(file, format, cancel);
        await steps.SayAsync(
            $"{Text(report.Products)} products; {Text(report.Variants)} SKUs; "
                + $"{report.FaultCount} rows could not be saved."
        );
        if (report.ColumnsNotRead.Count > 0)
        {
            await steps.SayAsync($"  Not read: {string.Join(", ", report.ColumnsNotRead)}");
        }

        foreach (var fault in report.Faults.Take(MaxShown))
        {
            await steps.SayAsync($"  ✗ line {fault.Line}: {fault.Message}");
        }

        if (report.FaultCount > MaxShown)
        {
            await steps.SayAsync($"  and {report.FaultCount - MaxShown} more.");
        }

        if (report.Failure is { } failure)
        {
            await steps.SayAsync($"  ✗ {failure}");
        }

        return report is { Status: ImportStatus.Done, FaultCount: 0 } ? 0 : 1;
    }

    private static string Text(Tally tally) =>
        $"{tally.Added} new, {tally.Changed} changed, {tally.Unchanged} unchanged";
}
