namespace Shop.Data.Kernel;

/// <summary>A 64-bit Snowflake that says whose row it names, so that no two kinds can be mixed up.</summary>
public interface IRowId<TSelf>
    where TSelf : struct, IRowId<TSelf>
{
    /// <summary>The Snowflake; positive, sorts by time of birth.</summary>
    long Value { get; }

    /// <summary>Gives a stored number its type back.</summary>
    static abstract TSelf From(long value);
}

// The ids that contexts tell each other. One that only its own context names stands there, with the row.

/// <summary>Names a product of the catalogue.</summary>
public readonly record struct ProductId(long Value) : IRowId<ProductId>
{
    /// <inheritdoc />
    public static ProductId From(long value) => new(value);
}

/// <summary>Names a product variant: one SKU.</summary>
public readonly record struct VariantId(long Value) : IRowId<VariantId>
{
    /// <inheritdoc />
    public static VariantId From(long value) => new(value);
}

/// <summary>Names a category of the catalogue.</summary>
public readonly record struct CategoryId(long Value) : IRowId<CategoryId>
{
    /// <inheritdoc />
    public static CategoryId From(long value) => new(value);
}

/// <summary>Names a customer: a person with an account.</summary>
public readonly record struct CustomerId(long Value) : IRowId<CustomerId>
{
    /// <inheritdoc />
    public static CustomerId From(long value) => new(value);
}

/// <summary>Names an order.</summary>
public readonly record struct OrderId(long Value) : IRowId<OrderId>
{
    /// <inheritdoc />
    public static OrderId From(long value) => new(value);
}

/// <summary>Names a payment: one try to pay for an order.</summary>
public readonly record struct PaymentId(long Value) : IRowId<PaymentId>
{
    /// <inheritdoc />
    public static PaymentId From(long value) => new(value);
}

/// <summary>Names a refund: money of a payment on its way back.</summary>
public readonly record struct RefundId(long Value) : IRowId<RefundId>
{
    /// <inheritdoc />
    public static RefundId From(long value) => new(value);
}

/// <summary>Names a promotion: money off, for what and when.</summary>
public readonly record struct PromotionId(long Value) : IRowId<PromotionId>
{
    /// <inheritdoc />
    public static PromotionId From(long value) => new(value);
}

/// <summary>Names a way to ship.</summary>
public readonly record struct ShippingMethodId(long Value) : IRowId<ShippingMethodId>
{
    /// <inheritdoc />
    public static ShippingMethodId From(long value) => new(value);
}

/// <summary>Names a zone of taxes.</summary>
public readonly record struct TaxZoneId(long Value) : IRowId<TaxZoneId>
{
    /// <inheritdoc />
    public static TaxZoneId From(long value) => new(value);
}
