using Shop.Data.Messages;

namespace Shop.Data.Pricing.Messages;

/// <summary>An order wants to use promotions that can only be used so often: all of them, or none.</summary>
/// <param name="OrderId">Who holds the uses; asked once per order.</param>
/// <param name="Uses">One or more, each promotion once.</param>
/// <param name="Buyers">As whom its customer is counted.</param>
public sealed record RedeemRequested(
    OrderId OrderId,
    IReadOnlyList<WantedUse> Uses,
    IReadOnlyList<string> Buyers
) : IRequest
{
    /// <inheritdoc />
    public static string Topic => "pricing.redeem";

    /// <inheritdoc />
    public long Key => OrderId.Value;
}

/// <summary>One use of a promotion.</summary>
/// <param name="Promotion">Which one.</param>
/// <param name="Code">The code that was typed for it; null where none was.</param>
public sealed record WantedUse(PromotionInfo Promotion, string? Code);
