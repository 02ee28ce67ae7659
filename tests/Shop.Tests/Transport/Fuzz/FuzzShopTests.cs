using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Load.Fuzz;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Transport.Fuzz;

/// <summary>Anything, to a whole shop: both schemas, HTTP, batches, event streams and WebSockets.</summary>
public sealed class FuzzShopTests(OpenShop shop) : IClassFixture<OpenShop>
{
    // A minute of it; `tests/Shop.Load fuzz` goes on for longer.
    private const int Requests = 6_000;
    private const string Email = "fuzz@example.com";

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_disturbs_no_other_client()
    {
        var staff = await shop.Get<SaveStaff>()
            .RunAsync(new(Email, Enum.GetValues<StaffRole>(), NewPassword: false), CancellationToken.None);
        var targets = await FuzzShop.TargetsAsync(
            new Uri(shop.Address, "/graphql"),
            Email,
            staff.Password,
            CancellationToken.None
        );

        var report = await FuzzRun.RunAsync(
            targets,
            workers: 6,
            Requests,
            seed: 13,
            sent: static _ => { },
            CancellationToken.None
        );

        Assert.True(report.Faults.Count == 0, string.Join("\n\n", report.Faults));
        Assert.True(report.Sent >= Requests - 10 && report.Witnessed > 10, $"{report}");
    }
}
