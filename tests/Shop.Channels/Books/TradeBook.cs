namespace Shop.Channels.Books;

/// <summary>The channels' own books: what a shop's are compared with. Thread-safe.</summary>
public sealed class TradeBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Channel, string OutNo), Trade> _trades = [];

    /// <summary>Every payment of every channel, as it stands now, in the order in which they were opened.</summary>
    public IReadOnlyList<Trade> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _trades.Values];
            }
        }
    }

    /// <summary>A payment, as it stands now; null where the channel has never heard of it.</summary>
    public Trade? Find(string channel, string outNo)
    {
        lock (_lock)
        {
            return _trades.GetValueOrDefault((channel, outNo));
        }
    }

    /// <summary>A payment, as it stands now.</summary>
    /// <exception cref="KeyNotFoundException">The channel has never heard of it.</exception>
    public Trade Get(string channel, string outNo) =>
        Find(channel, outNo) ?? throw new KeyNotFoundException($"{channel} has no {outNo}.");

    /// <summary>Opens a payment, where its number is not used yet.</summary>
    /// <returns>The payment of that number: this one, or the one that was there.</returns>
    public Trade Open(Trade trade)
    {
        lock (_lock)
        {
            return _trades.TryAdd((trade.Channel, trade.OutNo), trade)
                ? trade
                : _trades[(trade.Channel, trade.OutNo)];
        }
    }

    /// <summary>Changes a payment in one step that no other change comes between.</summary>
    /// <param name="channel">Whose.</param>
    /// <param name="outNo">Which.</param>
    /// <param name="change">Takes it as it stands and gives it as it is to be; the same to leave it. Runs under the book's lock.</param>
    /// <exception cref="KeyNotFoundException">The channel has never heard of it.</exception>
    public Trade Change(string channel, string outNo, Func<Trade, Trade> change)
    {
        lock (_lock)
        {
            return _trades[(channel, outNo)] = change(Get(channel, outNo));
        }
    }
}
