namespace Shop.Data.Pricing.Rates;

/// <summary>Names a rate.</summary>
public readonly record struct ExchangeRateId(long Value) : IRowId<ExchangeRateId>
{
    /// <inheritdoc />
    public static ExchangeRateId From(long value) => new(value);
}

/// <summary>What one unit of the shop's currency costs in another one, from a moment until the next rate of that currency begins.</summary>
public sealed record ExchangeRate
{
    /// <summary>A Snowflake.</summary>
    public required ExchangeRateId Id { get; init; }

    /// <summary>ISO 4217 code of the other currency.</summary>
    public required string Currency { get; init; }

    /// <summary>See <see cref="Conversion.IsRate"/>.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The first moment at which it counts. Once that has come, the rate stays as it is.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>1 when it was set; rises by one with each change.</summary>
    public int Version { get; init; } = 1;
}
