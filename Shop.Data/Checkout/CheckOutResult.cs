using Shop.Data.Orders.Placing;
using Shop.Data.Pricing.Codes;

namespace Shop.Data.Checkout;

/// <summary>Every way a checkout can end that the customer or the client can do something about.</summary>
public abstract record CheckOutResult
{
    private CheckOutResult() { }

    /// <summary>Orders was asked, or had answered an earlier call with this key.</summary>
    /// <param name="Answer">What it said.</param>
    public sealed record Answered(PlaceOrderResult Answer) : CheckOutResult;

    /// <summary>There is no such cart. Nothing was placed.</summary>
    public sealed record CartNotFound : CheckOutResult;

    /// <summary>The cart is not at the version that was asked for. Nothing was placed.</summary>
    public sealed record CartChanged(int CurrentVersion) : CheckOutResult;

    /// <summary>No line of the cart is ticked. Nothing was placed.</summary>
    public sealed record NothingSelected : CheckOutResult;

    /// <summary>Lines are not what the customer has seen. Nothing was placed.</summary>
    /// <param name="Lines">Each of them; one or more.</param>
    public sealed record LinesChanged(IReadOnlyList<ChangedLine> Lines) : CheckOutResult;

    /// <summary>Codes in the cart are not taken any more. Nothing was placed.</summary>
    /// <param name="Codes">Each of them; one or more.</param>
    public sealed record CodesRefused(IReadOnlyList<RefusedCode> Codes) : CheckOutResult;

    /// <summary>It has to be shipped, and nobody has chosen how. Nothing was placed.</summary>
    public sealed record ShippingNeeded : CheckOutResult;

    /// <summary>It cannot be shipped there in the way that was chosen. Nothing was placed.</summary>
    /// <param name="Method">The way.</param>
    public sealed record ShippingUnavailable(ShippingMethodId Method) : CheckOutResult;

    /// <summary>Its taxes are not known: the service that reckons them is away. Nothing was placed.</summary>
    /// <param name="PollAfter">When to try again.</param>
    public sealed record TaxUnavailable(DateTimeOffset PollAfter) : CheckOutResult;

    /// <summary>It does not cost what the customer has seen. Nothing was placed.</summary>
    /// <param name="Previous">What they have seen.</param>
    /// <param name="Current">What it costs now.</param>
    public sealed record TotalChanged(Money Previous, Money Current) : CheckOutResult;

    /// <summary>No payment channel of the shop takes so much. Nothing was placed.</summary>
    /// <param name="Total">What the order would cost.</param>
    public sealed record Unpayable(Money Total) : CheckOutResult;
}

/// <summary>A ticked line that cannot be ordered as the customer has seen it.</summary>
/// <param name="Variant">The SKU.</param>
/// <param name="Sku">What the seller called it when it was put into the cart.</param>
/// <param name="SeenPrice">What one unit cost when the customer last put in or changed the line.</param>
/// <param name="CurrentPrice">What it costs now; null where it is no longer sold.</param>
public sealed record ChangedLine(VariantId Variant, string Sku, Money SeenPrice, Money? CurrentPrice);
