namespace Shop.Data.Catalog.Prices;

/// <summary>Every way a change of a price list can end that a client can do something about.</summary>
public abstract record PriceListResult
{
    private PriceListResult() { }

    /// <summary>It is saved, and carts and pages go by it from now on.</summary>
    /// <param name="Id">Which list.</param>
    /// <param name="Replayed">True where an earlier call had saved it.</param>
    public sealed record Saved(PriceListId Id, bool Replayed) : PriceListResult;

    /// <summary>There is no such list.</summary>
    public sealed record NotFound : PriceListResult;

    /// <summary>It is not at the version that was asked for.</summary>
    public sealed record VersionConflict(int CurrentVersion) : PriceListResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : PriceListResult;

    /// <summary>No list, or no price of it, can be so; nothing was saved.</summary>
    /// <param name="Faults">One or more.</param>
    public sealed record Refused(IReadOnlyList<PriceListFault> Faults) : PriceListResult;
}

/// <summary>What of a list, or of a price of it, cannot be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Price">Index of the price that it is about; -1 where it is about the list.</param>
public sealed record PriceListFault(PriceListFaultKind Kind, int Price = -1);

/// <summary>What cannot be.</summary>
public enum PriceListFaultKind
{
    /// <summary>The title has 1 to 200 characters.</summary>
    Title,

    /// <summary>There is such a currency, and a list keeps its own.</summary>
    Currency,

    /// <summary>There can be such a group of customers.</summary>
    Group,

    /// <summary>It ends after it starts.</summary>
    EndsAt,

    /// <summary>At most <see cref="PriceList.MaxRunning"/> lists count or are to count.</summary>
    TooMany,

    /// <summary>A price is more than zero, at most <see cref="ProductRules.MaxPrice"/>, and no finer than the list's currency.</summary>
    Amount,

    /// <summary>What it cost before is a price, and more than the price.</summary>
    CompareAt,

    /// <summary>It counts from 1 to <see cref="ListPrice.MaxUnits"/> units on.</summary>
    MinUnits,

    /// <summary>A price before it is for the same units of the same SKU.</summary>
    Twice,
}
