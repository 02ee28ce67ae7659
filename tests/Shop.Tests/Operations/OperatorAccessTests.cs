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
}
