using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shop.Data.Storage;
using Shop.Data.Storage.Faults;
using Shop.Data.Storage.Ids;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

public sealed class MachineLeaseTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Processes_that_start_at_once_get_numbers_of_their_own()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => StartedAsync(new())));

        Assert.Equal(12, leases.Select(lease => lease.Held.Number).Distinct().Count());
        Array.ForEach(leases, lease => lease.Dispose());
    }

    [Fact]
    public async Task Without_a_lease_no_id_is_made_until_there_is_one_again()
    {
        var clock = new FakeTimeProvider();
        using var lease = Lease(clock);
        Assert.Throws<NpgsqlException>(() => lease.Held);
        await lease.RenewAsync(CancellationToken.None);
        var number = lease.Held.Number;

        clock.Advance(TimeSpan.FromMinutes(1));

        var fault = Assert.Throws<NpgsqlException>(() => lease.Held);
        Assert.Equal((true, true), (fault.IsTransient, Outage.Is(fault)));
        await lease.RenewAsync(CancellationToken.None);
        Assert.Equal(number, lease.Held.Number);
    }

    [Fact]
    public async Task A_renewal_lets_a_number_go_that_is_another_processs()
    {
        using var lease = await StartedAsync(new());
        var number = lease.Held.Number;
        await lease.RenewAsync(CancellationToken.None);
        Assert.Equal(number, lease.Held.Number);

        await GiveToAnotherAsync(number);
        await lease.RenewAsync(CancellationToken.None);
        Assert.NotEqual(number, lease.Held.Number);
    }

    [Fact]
    public async Task Ids_are_made_while_a_renewal_waits_for_PostgreSQL()
    {
        using var lease = await StartedAsync(new());
        var number = lease.Held.Number;
        await using var connection = await shop.Get<Database<IdsDb>>().Primary.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            $"select from ids.machine where number = {number} for update",
            CancellationToken.None
        );

        var renewal = lease.RenewAsync(CancellationToken.None);
        Assert.Equal(number, lease.Held.Number);
        Assert.False(renewal.IsCompleted);

        await transaction.CommitAsync();
        await renewal;
        Assert.Equal(number, lease.Held.Number);
    }

    [Fact]
    public async Task Who_takes_over_a_number_is_told_how_far_the_ids_of_the_one_before_may_go()
    {
        var ahead = new FakeTimeProvider(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var before = await StartedAsync(ahead);
        var number = before.Held.Number;
        await ExpireAsync(number);

        using var after = await StartedAsync(new());

        Assert.Equal(number, after.Held.Number);
        Assert.True(after.Held.UsedUntil > ahead.GetUtcNow());
    }

    private async Task ExpireAsync(int number)
    {
        await using var command = shop.Get<Database<IdsDb>>()
            .Primary.CreateCommand($"update ids.machine set leased_until = 'epoch' where number = {number}");
        await command.ExecuteNonQueryAsync();
    }

    private async Task GiveToAnotherAsync(int number)
    {
        await using var command = shop.Get<Database<IdsDb>>()
            .Primary.CreateCommand(
                $"update ids.machine set holder = gen_random_uuid() where number = {number}"
            );
        await command.ExecuteNonQueryAsync();
    }

    private MachineLease Lease(FakeTimeProvider clock) =>
        new(shop.Get<Database<IdsDb>>(), shop.Get<SpareIds>(), clock, NullLogger<MachineLease>.Instance);

    private async Task<MachineLease> StartedAsync(FakeTimeProvider clock)
    {
        var lease = Lease(clock);
        await lease.StartAsync(CancellationToken.None);
        return lease;
    }
}
