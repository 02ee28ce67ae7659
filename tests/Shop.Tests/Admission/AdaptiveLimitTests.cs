using Shop.GraphQL.Admission;

namespace Shop.Tests.Admission;

/// <summary>How many may run at once.</summary>
public sealed class AdaptiveLimitTests
{
    [Fact]
    public void When_three_times_too_much_is_asked_nearly_all_orders_are_taken_and_soon()
    {
        var world = new BusyWorld(workers: 2);

        world.Serve(perSecond: 1_200, seconds: 20);
        var served = world.Serve(perSecond: 1_200, seconds: 10);

        Assert.InRange(served.ShareOf(WorkClass.Order), 0.95, 1);
        Assert.InRange(served.SlowestOf(WorkClass.Order), 0, 0.1);
        // Nobody is refused for nothing: it is busy all the time.
        Assert.InRange(served.CountOf(WorkClass.Order) + served.CountOf(WorkClass.Browse), 3_900, 4_100);
    }

    [Fact]
    public void A_crowd_that_stays_is_not_taken_for_usual()
    {
        var world = new BusyWorld(workers: 2);

        world.Serve(perSecond: 1_200, seconds: 20);
        var before = world.Limit.Value;
        world.Serve(perSecond: 1_200, seconds: 300);

        Assert.InRange(world.Limit.Value, BusyWorld.Bounds.Min, before * 1.5);
    }

    [Fact]
    public void What_fits_is_all_taken()
    {
        var served = new BusyWorld(workers: 2).Serve(perSecond: 280, seconds: 60);

        Assert.Equal(1, served.ShareOf(WorkClass.Order));
        Assert.Equal(1, served.ShareOf(WorkClass.Browse));
    }

    [Fact]
    public void Where_nobody_is_refused_nobody_is_refused_to_see_what_is_usual()
    {
        // Always more at a time than are not in each other's way.
        var world = new BusyWorld(workers: 100) { Seconds = { [WorkClass.Order] = 0.06 } };

        var served = world.Serve(perSecond: 1_000, seconds: 100);

        Assert.Equal(1, served.ShareOf(WorkClass.Order));
        Assert.Equal(1, served.ShareOf(WorkClass.Browse));
    }

    [Fact]
    public void Where_many_are_served_at_a_time_many_may_run()
    {
        var world = new BusyWorld(workers: 200);

        world.Serve(perSecond: 20_000, seconds: 40);

        Assert.InRange(world.Limit.Value, 200, BusyWorld.Bounds.Max);
    }

    [Fact]
    public void Orders_that_take_longer_than_browsing_are_no_reason_for_fewer()
    {
        var world = new BusyWorld(workers: 11) { Seconds = { [WorkClass.Order] = 0.02 } };

        // At first most of what ends is browsing; then, with most of that refused, most are orders. None has become slower.
        world.Serve(perSecond: 100, seconds: 10);
        world.Serve(perSecond: 2_400, seconds: 20);
        var served = world.Serve(perSecond: 2_400, seconds: 20);

        Assert.InRange(served.ShareOf(WorkClass.Order), 0.95, 1);
        Assert.InRange(served.ShareOf(WorkClass.Browse), 0, 0.25);
    }

    [Fact]
    public void What_has_become_slower_for_good_is_refused_no_more_after_a_while()
    {
        var world = new BusyWorld(workers: 100);
        world.Serve(perSecond: 1_000, seconds: 10);
        (world.Seconds[WorkClass.Order], world.Seconds[WorkClass.Browse]) = (0.05, 0.05);

        world.Serve(perSecond: 1_000, seconds: 60);
        var served = world.Serve(perSecond: 1_000, seconds: 10);

        Assert.InRange(served.ShareOf(WorkClass.Browse), 0.99, 1);
    }

    [Fact]
    public void Of_what_earns_less_fewer_may_run_and_one_may_where_nothing_runs()
    {
        var limit = new AdaptiveLimit(TimeProvider.System);
        var bounds = new LimitBounds(Min: 10, Max: 10, Tolerance: 2);

        Assert.Equal(7, Enter(WorkClass.Browse, 0.7));
        Assert.Equal(0, Enter(WorkClass.Import, 0.5));
        Assert.Equal(2, Enter(WorkClass.Cart, 0.9));
        Assert.Equal(1, Enter(WorkClass.Order, 1));
        Assert.Equal((7, 2, 1), (Of(WorkClass.Browse), Of(WorkClass.Cart), Of(WorkClass.Order)));

        limit.Leave(WorkClass.Browse, began: 0, bounds);
        Assert.Equal(0, Enter(WorkClass.Browse, 0.7));
        Assert.Equal(1, Enter(WorkClass.Order, 1));
        Assert.NotNull(
            new AdaptiveLimit(TimeProvider.System).TryEnter(
                WorkClass.Import,
                0.01,
                bounds with
                {
                    Min = 1,
                    Max = 1,
                }
            )
        );

        int Of(WorkClass work) => limit.RunningOf(work);

        int Enter(WorkClass work, double share)
        {
            var entered = 0;
            while (limit.TryEnter(work, share, bounds) is not null)
            {
                entered++;
            }

            return entered;
        }
    }
}
