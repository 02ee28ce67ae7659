using Shop.GraphQL.Host.Commands;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Tests.Host.Embedded;

/// <summary>Carts that cannot be read are refused, and what can be read of them is recovered.</summary>
public sealed class DamagedCartsTests(WholeHome whole) : IClassFixture<WholeHome>
{
    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public async Task A_log_that_was_cut_since_the_shop_was_closed_is_refused(int length)
    {
        var home = await whole.CopyAsync();
        await using (var cut = File.OpenWrite(Path.Combine(home, "redis", "AOF", "aof.log.0")))
        {
            cut.SetLength(length);
        }

        await RefusedAsync(home);
    }

    [Fact]
    public async Task Garbage_in_the_log_is_refused_and_what_stands_before_it_is_recovered()
    {
        var home = await whole.CopyAsync();
        await using (var log = File.OpenWrite(Path.Combine(home, "redis", "AOF", "aof.log.0")))
        {
            // Behind the cart that the home knows of, and before others.
            log.Position = log.Length / 2;
            var garbage = new byte[4096];
            new Random(18).NextBytes(garbage);
            log.Write(garbage);
        }

        await RefusedAsync(home);
        Assert.Equal(0, await RecoverAsync(home));

        await using var stores = await WholeHome.OpenAsync(home);
        Assert.Equal((true, true), await WholeHome.KnowsAsync(stores));
        Assert.Single(Directory.GetDirectories(Path.Combine(home, "redis"), "AOF.before-*"));
    }

    private static async Task RefusedAsync(string home)
    {
        var before = WholeHome.Files(home);
        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => WholeHome.OpenAsync(home));

        Assert.StartsWith(
            $"The carts in {home}/redis cannot be read: ",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(before, WholeHome.Files(home));
    }

    private static Task<int> RecoverAsync(string home) =>
        RecoverCommand.RunAsync(
            home,
            new Steps(TextWriter.Null, isTerminal: false, TimeProvider.System),
            TimeProvider.System,
            CancellationToken.None
        );
}
