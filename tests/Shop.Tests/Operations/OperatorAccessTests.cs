using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Operations;

/// <summary>Who may look behind the counter.</summary>
public sealed class OperatorAccessTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    public static TheoryData<string> Fields =>
        [
            "{ operations { node } }",
            "{ operations { messageTables { context pending lagSeconds deadMessages { nodes { id error } } } } }",
            "{ operations { jobs { name schedules { state } runs { outcome error } } } }",
            "{ operations { replicas { name lagBytes } } }",
            "{ operations { caches { cache hitRate } } }",
            "{ operations { process { heapBytes } } }",
            "{ operations { search { store indexes { state } } } }",
            """mutation { messagesReplay(input: {topic: {context: "orders", topic: "inventory.deduct"}}) { replayed } }""",
            """mutation { jobTrigger(input: {name: "forget-keys-of-orders"}) { problems { code } } }""",
        ];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Guests_are_asked_to_sign_in(string query) =>
        Assert.Equal("UNAUTHENTICATED", await shop.ErrorAsync(Askers.Guest, query));

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Customers_and_staff_of_every_other_role_are_refused(string query)
    {
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(Askers.Customer(new(8)), query));
        var others = Enum.GetValues<StaffRole>().Where(role => role != StaffRole.Admin).ToArray();
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(Askers.Staff(others), query));
    }

    [Fact]
    public async Task An_admin_is_told_which_process_answers()
    {
        var data = await shop.AskAsync(Askers.Staff(StaffRole.Admin), "{ operations { node } }");

        Assert.Equal(
            $"{Environment.MachineName}:{Environment.ProcessId}",
            data.GetProperty("operations").GetProperty("node").GetString()
        );
    }

    [Fact]
    public async Task An_admin_sees_its_memory_and_threads()
    {
        // There is nothing to tell of before the first.
        GC.Collect();
        var process = (
            await new Operator(shop.Services).SeeAsync(
                "process { heapBytes fragmentedBytes pinnedBytes gen2Count pauseRatio threads generations { generation bytes fragmentedBytes } }"
            )
        ).GetProperty("process");

        var generations = process.GetProperty("generations").EnumerateArray().ToList();
        Assert.Equal(
            ["GEN_0", "GEN_1", "GEN_2", "LARGE_OBJECTS", "PINNED_OBJECTS"],
            generations.Select(each => each.GetProperty("generation").GetString())
        );
        Assert.InRange(
            process.GetProperty("heapBytes").GetDouble(),
            generations[2].GetProperty("bytes").GetDouble(),
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes
        );
        Assert.InRange(process.GetProperty("gen2Count").GetInt32(), 1, GC.CollectionCount(2));
        Assert.InRange(process.GetProperty("pauseRatio").GetDouble(), 0, 1);
        Assert.InRange(process.GetProperty("threads").GetInt32(), 1, 10_000);
    }
}
