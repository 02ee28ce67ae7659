using Shop.Data.Pricing;
using Shop.Data.Pricing.Taxes;
using Shop.GraphQL.Catalog;
using StoredTax = Shop.Data.Pricing.Taxes.TaxLine;
using TaxLine = Shop.GraphQL.Pricing.TaxLine;

namespace Shop.GraphQL.Orders;

/// <summary>Names a line of an order.</summary>
internal readonly record struct OrderLineId(OrderId Order, int Position);

/// <summary>One SKU of an order, as it was sold.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Sku">Stock-keeping unit, as it was called then.</param>
/// <param name="Title">What it was called then.</param>
/// <param name="Quantity">Units, one or more.</param>
/// <param name="UnitPrice">Price of one unit then.</param>
internal sealed record OrderLine(OrderLineId Id, string Sku, string Title, int Quantity, Money UnitPrice)
{
    /// <summary>The SKU it was.</summary>
    internal VariantId VariantId { get; init; }

    /// <summary>Which promotions took off how much from it when it was placed, in order; at most 50.</summary>
    [ListSize(3)]
    public IReadOnlyList<DiscountAllocation> Discounts { get; init; } = [];

    /// <summary>Its taxes, as they are stored.</summary>
    internal IReadOnlyList<StoredTax> Charged { get; init; } = [];

    /// <summary>Each tax of it, as it was placed; at most 20.</summary>
    [ListSize(1)]
    public IReadOnlyList<TaxLine> Taxes() => [.. Charged.Select(TaxLine.Of)];

    /// <summary>What was to be paid for it after all discounts, without tax and with it.</summary>
    public TaxedMoney Due()
    {
        var left = Discounts.Aggregate(Total(), (sum, discount) => sum - discount.Amount);
        var tax = StoredTax.Sum(Charged, left.Currency);
        return Charged is [{ IsIncluded: true }, ..] ? new(left - tax, tax) : new(left, tax);
    }

    /// <summary>Unit price times quantity.</summary>
    public Money Total() => UnitPrice * Quantity;

    /// <summary>The SKU as it is now; null where the catalogue has dropped it.</summary>
    public IDataLoaderResult<ProductVariant?> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<VariantById>().Load(VariantId);
}
