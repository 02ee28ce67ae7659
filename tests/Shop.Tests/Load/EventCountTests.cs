using Shop.Load.Crowd;

namespace Shop.Tests.Load;

public sealed class EventCountTests
{
    [Theory]
    [InlineData(true, 1, 2, 3)]
    [InlineData(false, 1, 2)]
    [InlineData(false, 1, 3)]
    [InlineData(false, 1, 2, 2, 3)]
    [InlineData(false, 1, 3, 2)]
    [InlineData(false, 1, 2, 3, 4)]
    [InlineData(false)]
    public void Only_each_event_once_and_in_order_is_perfect(bool isPerfect, params int[] versions)
    {
        var events = new EventCount();
        events.Add([1, 2, 3], last: 3);

        events.Add(versions, last: 3);

        Assert.Equal(isPerfect, events.IsPerfect);
    }

    [Fact]
    public void What_one_lacks_is_not_made_good_by_what_another_has_twice()
    {
        var events = new EventCount();

        events.Add([1], last: 2);
        events.Add([1, 2, 2], last: 2);

        Assert.False(events.IsPerfect);
    }
}
