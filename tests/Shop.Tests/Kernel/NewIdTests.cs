using Microsoft.Extensions.Time.Testing;
using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

public sealed class NewIdTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private long _spare = -1;

    [Fact]
    public void Ids_are_unique_and_sort_by_their_birth()
    {
        var newId = At(new FakeTimeProvider(_now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(0.01) });

        var ids = Enumerable.Range(0, 50_000).Select(_ => newId.Next()).ToList();

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(_now, NewId.MadeAt(ids[0]), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_small_step_back_of_the_clock_gives_no_id_twice()
    {
        var clock = new FakeTimeProvider(_now);
        var newId = At(clock);
        var before = newId.Next();

        clock.AdjustTime(_now.AddMilliseconds(-5));
        var after = newId.Next();

        Assert.True(after > before);
        Assert.Equal(-1, _spare);
    }

    [Fact]
    public void A_clock_set_back_far_takes_ids_from_spare_blocks_until_it_has_caught_up()
    {
        var clock = new FakeTimeProvider(_now);
        var newId = At(clock);
        var before = newId.Next();

        clock.AdjustTime(_now.AddHours(-1));
        var during = Enumerable.Range(0, 10_000).Select(_ => newId.Next()).ToList();
        clock.AdjustTime(_now.AddMilliseconds(1));
        var after = newId.Next();

        Assert.Equal(10_002, during.Append(before).Append(after).Distinct().Count());
        Assert.Equal(NewId.SpareMachine, (during[0] >> 12) & 1023);
        Assert.Equal(7, (after >> 12) & 1023);
    }

    [Fact]
    public void What_an_earlier_holder_of_the_number_made_before_the_clock_was_set_back_is_not_made_again()
    {
        var clock = new FakeTimeProvider(_now);
        var theirs = At(clock).Next();

        var ours = At(clock, usedUntil: _now.AddHours(1));
        var during = ours.Next();
        clock.AdjustTime(_now.AddHours(1).AddMilliseconds(1));
        var after = ours.Next();

        Assert.NotEqual(theirs, during);
        Assert.Equal(NewId.SpareMachine, (during >> 12) & 1023);
        Assert.Equal(7, (after >> 12) & 1023);
    }

    private NewId At(TimeProvider clock, DateTimeOffset usedUntil = default) =>
        new(
            clock,
            machine: () => new(7, usedUntil),
            spareBlock: floor =>
            {
                _spare = _spare < 0 ? floor : _spare + NewId.SpareBlockSize;
                return _spare;
            }
        );
}
