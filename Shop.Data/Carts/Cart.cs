namespace Shop.Data.Carts;

/// <summary>A shopper's cart, as it was at one version.</summary>
/// <param name="Version">Rises by one with every change.</param>
/// <param name="Currency">ISO 4217 code of all its prices.</param>
/// <param name="Lines">In the order in which they were put in.</param>
/// <param name="ExpiresAt">When it is forgotten, unless it is used before.</param>
public sealed record Cart(
    CartId Id,
    int Version,
    string Currency,
    IReadOnlyList<CartLine> Lines,
    DateTimeOffset UpdatedAt,
    DateTimeOffset ExpiresAt
)
{
    /// <summary>Different variants that one cart holds at most; 200 lines are read in one round trip of some 10 kB.</summary>
    public const int MaxLines = 200;

    /// <summary>Units of one variant that one cart holds at most; more is wholesale.</summary>
    public const int MaxQuantity = 10_000;

    /// <summary>Codes of promotions that one cart holds at most.</summary>
    public const int MaxCodes = 10;

    /// <summary>Codes that the shopper has typed, in that order: capitals and digits. At most <see cref="MaxCodes"/>.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Where it goes; null as long as the shopper has not said so.</summary>
    public Destination? Destination { get; init; }

    /// <summary>How it goes; null as long as the shopper has not chosen.</summary>
    public ShippingMethodId? Shipping { get; init; }

    /// <summary>The ticked lines: what an order takes.</summary>
    public IEnumerable<CartLine> SelectedLines => Lines.Where(line => line.IsSelected);

    /// <summary>Units in all lines, ticked or not.</summary>
    public int Quantity => Lines.Sum(line => line.Quantity);
}
