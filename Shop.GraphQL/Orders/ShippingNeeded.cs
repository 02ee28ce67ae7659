namespace Shop.GraphQL.Orders;

/// <summary>Something of the cart has to be shipped, and none of `Cart.shippingOptions` is selected. Nothing was placed.</summary>
internal sealed record ShippingNeeded : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.ShippingNeeded;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => "Choose how it shall be shipped.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["cartId"];
}
