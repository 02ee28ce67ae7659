using Shop.Data.Orders.Feed;

namespace Shop.GraphQL.Operations;

/// <summary>How far others outside of the shop have what happens to orders.</summary>
/// <param name="Name">Who: `kafka`.</param>
/// <param name="KeptAt">When something was last brought to them; null where nothing was yet.</param>
/// <param name="RestartsFrom">The moment from which staff wants all again; null where that is done, or nobody said so.</param>
/// <param name="IsStopped">Whether it stands still: the database was put back, or failed over, and what is new cannot be told. `feedRestart` says from where it goes on.</param>
[Staff(StaffRole.Admin)]
internal sealed record Feed(string Name, DateTimeOffset? KeptAt, DateTimeOffset? RestartsFrom, bool IsStopped)
{
    internal static Feed Of(FeedState state) =>
        new(state.Reader, state.KeptAt, state.RestartsFrom, state.IsStopped);
}
