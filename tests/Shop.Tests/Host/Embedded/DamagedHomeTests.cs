using Shop.GraphQL.Host.Commands;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Tests.Host.Embedded;

/// <summary>A start makes nothing anew that was there before, and what it refuses can be recovered.</summary>
public sealed class DamagedHomeTests(WholeHome whole) : IClassFixture<WholeHome>
{
    [Theory]
    [InlineData("postgres/primary/PG_VERSION", "./shop recover")]
    [InlineData("postgres/primary/global/pg_control", "./shop recover")]
    [InlineData("postgres/primary/pg_wal", "./shop recover")]
    [InlineData("postgres/primary", "./shop recover")]
    [InlineData("postgres", "backup")]
    [InlineData("redis", "./shop recover")]
    [InlineData("key-secret", "./shop recover")]
    public async Task A_home_that_lacks_a_part_is_refused_and_left_as_it_is(string part, string help)
    {
        var home = await whole.CopyAsync();
        WholeHome.Lose(home, part);
        var before = WholeHome.Files(home);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => WholeHome.OpenAsync(home));

        Assert.Contains(
            part == "postgres" ? "postgres/primary" : part,
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(help, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, WholeHome.Files(home));
    }

    [Theory]
    [InlineData("postgres/primary/PG_VERSION", true)]
    [InlineData("postgres/primary", true)]
    // PostgreSQL finds out by itself that this is missing.
    [InlineData("postgres/primary/global/pg_filenode.map", true)]
    [InlineData("key-secret", true)]
    [InlineData("redis", false)]
    public async Task A_home_is_recovered_with_all_that_is_left_of_it(string part, bool hasCarts)
    {
        var home = await whole.CopyAsync();
        WholeHome.Lose(home, part);
        await Assert.ThrowsAsync<CannotStartException>(() => WholeHome.OpenAsync(home));

        Assert.Equal(0, await RecoverAsync(home));

        await using var stores = await WholeHome.OpenAsync(home);
        Assert.Equal((true, hasCarts), await WholeHome.KnowsAsync(stores));
        // What is left of a damaged primary is kept beside the new one.
        Assert.Equal(
            part.StartsWith("postgres/primary/", StringComparison.Ordinal) ? 1 : 0,
            Directory.GetDirectories(Path.Combine(home, "postgres"), "primary.before-*").Length
        );
    }

    [Fact]
    public async Task Without_primary_and_replica_nothing_is_recovered_and_nothing_is_touched()
    {
        var home = await whole.CopyAsync();
        WholeHome.Lose(home, "postgres/primary/PG_VERSION");
        WholeHome.Lose(home, "postgres/replica/global/pg_control");
        var before = WholeHome.Files(home);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => WholeHome.OpenAsync(home));
        await Assert.ThrowsAsync<CannotStartException>(() => RecoverAsync(home));

        Assert.Contains("backup", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, WholeHome.Files(home));
    }

    [Fact]
    public async Task A_replica_that_is_newer_than_its_primary_is_kept()
    {
        // The primary was put back from a backup, and the replica was not.
        var home = await whole.CopyAsync();
        var older = await whole.CopyAsync();
        await using (var newer = await WholeHome.OpenAsync(home))
        {
            await WholeHome.WriteAsync(newer, "create table later as select 1");
        }

        WholeHome.Lose(home, "postgres/primary");
        Directory.Move(Path.Combine(older, "postgres", "primary"), Path.Combine(home, "postgres", "primary"));
        await using (await WholeHome.OpenAsync(home)) { }

        Assert.Single(Directory.GetDirectories(Path.Combine(home, "postgres"), "replica.before-*"));
    }

    [Fact]
    public async Task A_first_start_that_was_cut_short_is_begun_anew()
    {
        var home = Fixtures.RunFolder.Make("home");
        Directory.CreateDirectory(Path.Combine(home, "redis"));
        Directory.CreateDirectory(Path.Combine(home, "postgres", "primary.new-half", "base"));

        await using (await WholeHome.OpenAsync(home)) { }

        Assert.False(Directory.Exists(Path.Combine(home, "postgres", "primary.new-half")));
    }

    [Fact]
    public async Task A_whole_home_needs_no_recovery_and_has_none()
    {
        var home = await whole.CopyAsync();

        Assert.Equal(0, await RecoverAsync(home));

        await using var stores = await WholeHome.OpenAsync(home);
        Assert.Equal((true, true), await WholeHome.KnowsAsync(stores));
        Assert.Empty(Directory.GetDirectories(Path.Combine(home, "postgres"), "*.before-*"));
    }

    private static Task<int> RecoverAsync(string home) =>
        RecoverCommand.RunAsync(
            home,
            new Steps(TextWriter.Null, isTerminal: false, TimeProvider.System),
            TimeProvider.System,
            CancellationToken.None
        );
}
