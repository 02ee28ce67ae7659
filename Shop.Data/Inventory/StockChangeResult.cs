namespace Shop.Data.Inventory;

/// <summary>Every way a change of stock by staff can end that a client can do something about.</summary>
public abstract record StockChangeResult
{
    private StockChangeResult() { }

    /// <summary>It is so, now or by an earlier call with this key.</summary>
    /// <param name="VariantId">Whose stock.</param>
    /// <param name="Replayed">True where an earlier call did it.</param>
    public sealed record Changed(VariantId VariantId, bool Replayed) : StockChangeResult;

    /// <summary>The level is not the one that it was to be changed from.</summary>
    public sealed record ChangedBefore(int Available) : StockChangeResult;

    /// <summary>There are fewer units than were to be taken.</summary>
    public sealed record TooFew(int Available) : StockChangeResult;

    /// <summary>There would be more units than <see cref="StockChange.MaxUnits"/>.</summary>
    public sealed record TooMany : StockChangeResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : StockChangeResult;
}
