using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>On these days, between these hours of the shop's time zone.</summary>
/// <param name="Days">On which they begin.</param>
/// <param name="From">The first moment.</param>
/// <param name="Until">The first moment after; not later than <paramref name="From"/>, it is on the next day.</param>
public sealed record HoursAre(HashSet<DayOfWeek> Days, TimeOnly From, TimeOnly Until) : Condition
{
    internal override Hindrance? Check(Pass pass)
    {
        var at = pass.Request.At;
        var time = TimeOnly.FromTimeSpan(at.TimeOfDay);
        var isAfterMidnight = Until <= From && time < Until;
        var day = (isAfterMidnight ? at.AddDays(-1) : at).DayOfWeek;
        var isSo =
            Days.Contains(day) && (isAfterMidnight || (time >= From && (time < Until || Until <= From)));
        return isSo ? null : new(PromotionReason.Hours);
    }
}
