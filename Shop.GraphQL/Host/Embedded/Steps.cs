using System.Globalization;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Tells someone at a terminal what is being done, and how long it took; one line each.</summary>
internal sealed class Steps(TextWriter console, bool isTerminal, TimeProvider clock)
{
    private const int Width = 44;

    /// <summary>Standard output, which may be a terminal or a file.</summary>
    public static Steps OnConsole { get; } =
        new(Console.Out, !Console.IsOutputRedirected, TimeProvider.System);

    /// <summary>For a host whose console is for machines: it logs that it is up, and nothing before.</summary>
    public static Steps Untold { get; } = new(TextWriter.Null, isTerminal: false, TimeProvider.System);

    /// <summary>Does something and tells so.</summary>
    /// <param name="doing">Shown meanwhile, such as <c>Tables</c>.</param>
    /// <param name="work">Returns what is shown in its place at the end; null for the same.</param>
    public async Task RunAsync(string doing, Func<Task<string?>> work)
    {
        var start = clock.GetTimestamp();
        if (isTerminal)
        {
            await console.WriteAsync($"  … {doing}");
            await console.FlushAsync();
        }

        var done = await work() ?? doing;
        var seconds = clock.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        // On a terminal the finished line takes the place of the unfinished one.
        await console.WriteLineAsync($"{(isTerminal ? "\r" : "")}  ✓ {done.PadRight(Width)} {seconds, 5} s");
        await console.FlushAsync();
    }

    /// <summary>Such as <c>1 order</c> and <c>2 orders</c>.</summary>
    public static string Amount(long count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    public Task SayAsync(string text) => console.WriteLineAsync(text);
}
