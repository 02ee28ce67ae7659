using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Shop.GraphQL.Operations.Heap;

/// <summary>
/// The heap of this process, as its own runtime tells of it: which objects there are and what they refer to, not what is in them.
/// Names of types are; texts are not. Nothing is written to a disk.
/// </summary>
internal sealed class OwnHeap(TimeProvider clock)
{
    // Collections, types by name, and after a collection that is asked for by this each object with what it refers to.
    private const long Snapshot = 0x1980001;

    // What is told while the process stands still waits in memory: about as much as the heap has.
    private const int MostMegabytes = 1024;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);

    /// <summary>Writes it as a trace (<c>.nettrace</c>), which <c>dotnet-gcdump convert</c> reads.</summary>
    /// <exception cref="ServerNotAvailableException">The process lets nobody look into it (<c>DOTNET_EnableDiagnostics=0</c>).</exception>
    public async Task WriteAsync(Stream to, CancellationToken cancel)
    {
        var runtime = new DiagnosticsClient(Environment.ProcessId);
        await ForgetTypesAsync(runtime, cancel);
        var collections = GC.CollectionCount(2);
        using var session = await runtime.StartEventPipeSessionAsync(
            [new("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, Snapshot)],
            requestRundown: true,
            MostMegabytes,
            cancel
        );
        var copying = CopyAsync();
        using var look = new PeriodicTimer(_look, clock);
        try
        {
            // The process stands still while the heap is told of: who sees that it was collected sees it after that. What still
            // waits in memory comes before the session's end.
            while (!copying.IsCompleted && GC.CollectionCount(2) == collections)
            {
                await look.WaitForNextTickAsync(cancel);
            }

            await session.StopAsync(cancel);
        }
        finally
        {
            await copying;
        }

        async Task CopyAsync()
        {
            var piece = new byte[1 << 16];
            while (await session.EventStream.ReadAsync(piece, cancel) is var length and > 0)
            {
                await to.WriteAsync(piece.AsMemory(0, length), cancel);
            }
        }
    }

    // The runtime names a type once, until somebody has its stacks sampled: the second heap would have no names.
    private static async Task ForgetTypesAsync(DiagnosticsClient runtime, CancellationToken cancel)
    {
        using var session = await runtime.StartEventPipeSessionAsync(
            [new("Microsoft-DotNETCore-SampleProfiler", EventLevel.Informational)],
            requestRundown: false,
            circularBufferMB: 16,
            cancel
        );
        var reading = session.EventStream.CopyToAsync(Stream.Null, cancel);
        await session.StopAsync(cancel);
        await reading;
    }
}
