namespace Shop.GraphQL.Operations;

/// <summary>The memory and threads of the process that answers. What a collection leaves is told as the last one has left it.</summary>
/// <param name="HeapBytes">Memory of all objects and of the gaps between them; whole numbers that may outgrow `Int`, here and below.</param>
/// <param name="FragmentedBytes">What of it are gaps. Much of it in `GEN_2` or `LARGE_OBJECTS`, and rising: something small is kept between what goes.</param>
/// <param name="PinnedBytes">Memory of objects that may not be moved: mostly buffers of sockets, about as many as connections.</param>
/// <param name="Gen2Count">Collections of the whole heap since the process was started.</param>
/// <param name="PauseRatio">What part of its life it has stood still for collections, 0 to 1; above 0.05 it makes more garbage than it should.</param>
/// <param name="Threads">Threads that its work runs on. Many times more than cores, and rising: work waits where it should not.</param>
/// <param name="Generations">By age, the youngest first, and then what is not moved; 5 of them.</param>
[Staff(StaffRole.Admin)]
internal sealed record ProcessState(
    double HeapBytes,
    double FragmentedBytes,
    double PinnedBytes,
    int Gen2Count,
    double PauseRatio,
    int Threads,
    [property: ListSize(5)] IReadOnlyList<HeapGeneration> Generations
)
{
    /// <summary>As they are now.</summary>
    public static ProcessState Read()
    {
        var heap = GC.GetGCMemoryInfo();
        var generations = heap.GenerationInfo;
        return new(
            heap.HeapSizeBytes,
            heap.FragmentedBytes,
            generations[(int)Generation.PinnedObjects].SizeAfterBytes,
            GC.CollectionCount((int)Generation.Gen2),
            heap.PauseTimePercentage / 100,
            ThreadPool.ThreadCount,
            [
                .. Enum.GetValues<Generation>()
                    .Select(name => new HeapGeneration(
                        name,
                        heap.GenerationInfo[(int)name].SizeAfterBytes,
                        heap.GenerationInfo[(int)name].FragmentationAfterBytes
                    )),
            ]
        );
    }
}

/// <summary>A part of the heap.</summary>
internal enum Generation
{
    /// <summary>What was made since the last collection.</summary>
    Gen0,

    /// <summary>What has outlived one.</summary>
    Gen1,

    /// <summary>What has outlived more: what is kept, and what leaks.</summary>
    Gen2,

    /// <summary>Objects of 85,000 bytes or more.</summary>
    LargeObjects,

    /// <summary>Objects that may not be moved.</summary>
    PinnedObjects,
}

/// <summary>How much of the heap is of an age.</summary>
/// <param name="Generation">Which.</param>
/// <param name="Bytes">Memory of its objects and of the gaps between them.</param>
/// <param name="FragmentedBytes">What of it are gaps.</param>
[Staff(StaffRole.Admin)]
internal sealed record HeapGeneration(Generation Generation, double Bytes, double FragmentedBytes);
