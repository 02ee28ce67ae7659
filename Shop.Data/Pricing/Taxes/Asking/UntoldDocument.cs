namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>What a tax service has not been told yet of an order; gone once it has.</summary>
public sealed class UntoldDocument
{
    /// <summary>The order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>Its number, by which the service knows it.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The version that the order had then: only what is newer takes its place.</summary>
    public int Version { get; private init; }

    /// <summary>What it was charged; null where it is struck out.</summary>
    public TaxDocument? Document { get; private init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; private init; }

    /// <summary>When it is tried, or tried again.</summary>
    public DateTimeOffset NextTryAt { get; private init; }

    /// <summary>Until when a worker has it; null where none does.</summary>
    public DateTimeOffset? LeaseUntil { get; private init; }
}
