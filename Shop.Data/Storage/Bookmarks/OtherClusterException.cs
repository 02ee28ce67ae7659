namespace Shop.Data.Storage.Bookmarks;

/// <summary>
/// The database is not the one that a bookmark was kept in, or was promoted since: what is new cannot be told, and staff has to
/// say from where.
/// </summary>
public sealed class OtherClusterException(string reader)
    : Exception($"{reader} was read in another cluster, or before a fail-over: staff has to say from where.");
