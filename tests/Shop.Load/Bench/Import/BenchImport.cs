using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Storage.Ids;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Import;

/// <summary>
/// How long the shop's job takes to import a generated catalogue, staging included, and how much memory the shop's process
/// takes meanwhile: for a small file, for one ten times as large, and for that one once more, when nothing differs.
/// </summary>
/// <remarks>Files are staged and imports started by the shop's own code on the stores of the shop that runs; its job does the rest.</remarks>
internal static class BenchImport
{
    private const double MostSeconds = 60;
    private const double MostMoreMegabytes = 100;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    /// <returns>0; 1 if it takes too long, or more memory the larger the file, or something is missing.</returns>
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var skus = arguments.Number("skus", otherwise: 100_000, min: 1_000, max: 2_000_000);
        arguments.NoMore();
        var stores =
            RunningShop.Find() ?? throw new UsageException("No shop runs whose stores it could use.");
        var process = ProcessUse.Listening($"{shop.Graph.Port}") ?? throw new UsageException("Whose memory?");
        await using var back = BackOffice.Build(stores);
        // No host is started, whose first act it would be.
        await back.Services.GetRequiredService<MachineLease>().StartAsync(cancel);
        var path = Path.GetTempFileName();
        try
        {
            var small = await MeasureAsync("new", "S", skus / 10);
            var large = await MeasureAsync("new", "L", skus);
            var again = await MeasureAsync("again", "L", skus);

            Task<Measured> MeasureAsync(string name, string prefix, int rows) =>
                BenchImport.MeasureAsync(back.Services, path, process, name, new(prefix, rows), cancel);

            var more = (large.Peak - small.Peak) / 1e6;
            Report.Line("more memory for ten times the file", $"{more:0} MB  (aim: {MostMoreMegabytes:0})");
            return
                large.Seconds <= MostSeconds
                && more <= MostMoreMegabytes
                && small.IsWhole
                && large.IsWhole
                && again.IsWhole
                ? 0
                : 1;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Imports a generated catalogue, and says how long it took.</summary>
    /// <param name="shop">Where to.</param>
    /// <param name="skus">How many SKUs.</param>
    /// <param name="titles">What products are called, by their number; null for names of their own.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="UsageException">No shop runs whose stores it could use.</exception>
    public static async Task AddAsync(
        ShopAddress shop,
        int skus,
        Func<int, string>? titles,
        CancellationToken cancel
    )
    {
        var stores =
            RunningShop.Find() ?? throw new UsageException("No shop runs whose stores it could use.");
        var process = ProcessUse.Listening($"{shop.Graph.Port}") ?? throw new UsageException("Whose memory?");
        await using var back = BackOffice.Build(stores);
        await back.Services.GetRequiredService<MachineLease>().StartAsync(cancel);
        var path = Path.GetTempFileName();
        try
        {
            await MeasureAsync(back.Services, path, process, "new", new("M", skus, titles), cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<Measured> MeasureAsync(
        IServiceProvider back,
        string path,
        int process,
        string name,
        Goods goods,
        CancellationToken cancel
    )
    {
        var skus = goods.Skus;
        await GeneratedCatalog.WriteAsync(path, goods.Prefix, skus, goods.Titles, cancel);
        var (before, peak) = (ProcessUse.Memory(process), 0L);
        var watch = Stopwatch.StartNew();
        var id = await StartAsync(back, path, cancel);
        var imports = back.GetRequiredService<ImportLookup>();
        CatalogImport import;
        do
        {
            await Task.Delay(_look, TimeProvider.System, cancel);
            peak = Math.Max(peak, ProcessUse.Memory(process));
            import = (await imports.FindAsync(id, cancel))!;
        } while (!import.IsFinal);

        var seconds = watch.Elapsed.TotalSeconds;
        Report.Line(
            $"{skus} SKUs, {name}",
            $"{seconds:0.0} s, {skus / seconds:0} a second; {Text(import.Products)} products, {Text(import.Variants)} SKUs"
        );
        Report.Line("  memory of the shop", $"{before / 1e6:0} MB before, {peak / 1e6:0} MB at most");
        return new(seconds, peak, import.Status == ImportStatus.Done && import.RowsSaved == skus);
    }

    private static string Text(Tally tally) =>
        $"{tally.Added} new, {tally.Changed} changed, {tally.Unchanged} unchanged";

    private static async Task<ImportId> StartAsync(
        IServiceProvider back,
        string path,
        CancellationToken cancel
    )
    {
        await using var file = File.OpenRead(path);
        var staged = (StageFileResult.Staged)
            await back.GetRequiredService<StageFile>().RunAsync(file, ImportFormat.Csv, actor: null, cancel);
        var request = new StartImportRequest(
            Guid.CreateVersion7(),
            Actor: null,
            Url: null,
            staged.Id,
            ImportFormat.Csv,
            ImportErrorPolicy.RefuseAll,
            OpensStock: true,
            CountsStock: true
        );
        var started = await back.GetRequiredService<StartImport>().RunAsync(request, cancel);
        return ((StartImportResult.Started)started).Id;
    }

    /// <summary>What is imported: see <see cref="GeneratedCatalog.WriteAsync"/>.</summary>
    private sealed record Goods(string Prefix, int Skus, Func<int, string>? Titles = null);

    /// <summary>What one import took.</summary>
    /// <param name="Seconds">From the first byte staged to the status that is final.</param>
    /// <param name="Peak">Bytes that the shop's process held at most.</param>
    /// <param name="IsWhole">Whether all of the file is saved.</param>
    private sealed record Measured(double Seconds, long Peak, bool IsWhole);
}
