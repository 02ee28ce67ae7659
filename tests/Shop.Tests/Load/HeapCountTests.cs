using Shop.Load.Leak;

namespace Shop.Tests.Load;

/// <summary>How the leak hunt counts.</summary>
public sealed class HeapCountTests
{
    private const string Before = """
            11,532,112  GC Heap bytes
                97,551  GC Heap objects

           Object Bytes     Count  Type
                131,096         1  System.Byte[] (Bytes > 100K)  [System.Private.CoreLib.dll]
                     72     1,552  Shop.Data.Storage.PubSub.SignalListener  [Shop.Data.dll]
                     24       100  Shop.Data.Kernel.Money
                  2,024         2  Shop.Data.Kernel.Money[] (Bytes > 1K)  [Shop.Data.dll]
                     40        30  Shop.Data.Kernel.Money[]  [Shop.Data.dll]
                     24    90,000  System.String  [System.Private.CoreLib.dll]
        """;

    [Fact]
    public void Objects_of_ours_are_counted_by_their_type() =>
        Assert.Equal(1552 + 100 + 2 + 30, HeapCount.Parse(Before).Objects);

    [Fact]
    public void A_twentieth_more_is_a_leak_and_a_handful_is_none()
    {
        var before = HeapCount.Parse(Before);
        var after = HeapCount.Parse(
            Before
                .Replace("1,552", "1,700", StringComparison.Ordinal)
                .Replace("       100 ", "       150 ", StringComparison.Ordinal)
                .Replace("90,000", "99,000", StringComparison.Ordinal)
        );

        Assert.Equal(
            [("Shop.Data.Storage.PubSub.SignalListener", 1552, 1700)],
            after.GrownSince(before, noise: 50)
        );
        Assert.Empty(before.GrownSince(after, noise: 50));
        Assert.Equal(2, before.GrownSince(HeapCount.Parse(""), noise: 50).Count);
    }
}
