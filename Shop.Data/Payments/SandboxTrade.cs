namespace Shop.Data.Payments;

/// <summary>A payment as the sandbox knows it: its side of the story, as if it were a channel somewhere else.</summary>
public sealed class SandboxTrade
{
    /// <summary>The shop's number for the payment, or for the refund.</summary>
    public string OutNo { get; init; } = "";

    /// <summary>The sandbox's number for it.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Of a refund, the shop's number for the payment; else null.</summary>
    public string? PaymentOutNo { get; init; }

    /// <summary>What the customer was asked for, or what goes back, in minor units.</summary>
    public long Minor { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>What the customer reads.</summary>
    public string Description { get; init; } = "";

    /// <summary>The token that came with it, and goes back with the notice.</summary>
    public string Token { get; init; } = "";

    /// <summary>Where the customer goes afterwards; null for nowhere.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>What the customer paid, in minor units; null as long as they have not.</summary>
    public long? PaidMinor { get; init; }

    /// <summary>When they did; of a refund, when the money is back.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>When it was closed or declined; null where it was not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Until when it can be paid.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
