using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Host.Embedded;

public sealed class HomeLockTests
{
    [Fact]
    public void A_home_takes_one_shop_at_a_time_and_says_so()
    {
        var home = RunFolder.Make("home");

        using (HomeLock.Take(home))
        {
            var refusal = Assert.Throws<CannotStartException>(() => HomeLock.Take(home));
            Assert.Contains("SHOP_HOME", refusal.Message, StringComparison.Ordinal);
        }

        using var next = HomeLock.Take(home);
    }
}
