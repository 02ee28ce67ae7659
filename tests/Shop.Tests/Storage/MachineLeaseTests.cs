using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

public sealed class MachineLeaseTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Processes_that_start_at_once_get_numbers_of_their_own()
    {
        var leases = Enumerable.Range(0, 12).Select(_ => Lease(new())).ToList();

        var numbers = await Task.WhenAll(leases.Select(lease => Task.Run(() => lease.Number)));

        Assert.Equal(12, numbers.Distinct().Count());
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public async Task A_process_keeps_its_number_while_it_is_its_own_and_takes_another_when_it_is_not()
    {
        var clock = new FakeTimeProvider();
        using var lease = Lease(clock);
        var number = lease.Number;

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(number, lease.Number);

        await GiveToAnotherAsync(number);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotEqual(number, lease.Number);
    }

    private async Task GiveToAnotherAsync(int number)
    {
        await using var command = shop.Get<Database<IdsDb>>()
            .Primary.CreateCommand(
                $"update ids.machine set holder = gen_random_uuid() where number = {number}"
            );
        await command.ExecuteNonQueryAsync();
    }

    private MachineLease Lease(FakeTimeProvider clock) => new(shop.Get<Database<IdsDb>>(), clock);
}
