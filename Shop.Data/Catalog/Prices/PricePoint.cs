namespace Shop.Data.Catalog.Prices;

/// <summary>
/// What a SKU cost by itself from a moment on, until its next point. Whoever changes a price or what it is compared with writes one in
/// the same transaction; price lists and promotions have none.
/// </summary>
public sealed class PricePoint
{
    /// <summary>How long before a reduction a price still counts, as the law of the European Union has it (directive 98/6/EC, article 6a).</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(30);

    /// <summary>Ascends, for one SKU.</summary>
    public long Id { get; private init; }

    /// <summary>The SKU.</summary>
    public required VariantId VariantId { get; init; }

    /// <summary>The first moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In minor units of <see cref="Currency"/>; more than zero.</summary>
    public required long PriceMinor { get; init; }

    /// <summary>What it was compared with, more than the price: it was reduced. Null where it was not.</summary>
    public required long? CompareAtMinor { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }
}
