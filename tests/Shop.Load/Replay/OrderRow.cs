namespace Shop.Load.Replay;

/// <summary>A line of an orders file, as far as it is played.</summary>
/// <param name="Invoice">The order's number; one with <c>C</c> in front cancels an earlier one.</param>
/// <param name="Customer">A number, or empty.</param>
/// <param name="Country">In English words.</param>
/// <param name="Sku">What was bought.</param>
/// <param name="Quantity">Negative where it was given back. Null where it can't be read.</param>
internal sealed record OrderRow(string Invoice, string Customer, string Country, string Sku, int? Quantity);
