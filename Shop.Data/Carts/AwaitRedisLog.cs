namespace Shop.Data.Carts;

/// <summary>
/// Returns when all that Redis has answered so far is in its log. Registered for a Redis that answers before it has written;
/// one that is configured to write first needs none.
/// </summary>
/// <param name="cancel">Ends the wait.</param>
public delegate Task AwaitRedisLog(CancellationToken cancel);
