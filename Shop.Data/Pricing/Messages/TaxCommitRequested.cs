using Shop.Data.Messages;
using Shop.Data.Pricing.Taxes.Asking;

namespace Shop.Data.Pricing.Messages;

/// <summary>An order's taxes are to be written down at the service that has reckoned them, or struck out there.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Code">Its number, by which the service knows it.</param>
/// <param name="Version">The version that the order has then: what is older counts no more.</param>
/// <param name="Document">What it was charged; null where it is struck out.</param>
public sealed record TaxCommitRequested(OrderId OrderId, string Code, int Version, TaxDocument? Document)
    : IRequest
{
    /// <inheritdoc />
    public static string Topic => "pricing.tax_commit";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}
