using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

public sealed class CartKillTests
{
    private const int Kills = 10;

    [Fact]
    public async Task Killed_while_carts_are_written_every_cart_that_was_answered_is_there_and_none_by_halves()
    {
        var drill = new KillCarts(RunFolder.Make("carts"));
        for (var kill = 0; kill < Kills; kill++)
        {
            Assert.Empty(await drill.KillAsync(CancellationToken.None));
        }
    }
}
