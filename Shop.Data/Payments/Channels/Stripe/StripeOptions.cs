using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>An account at Stripe. Section <c>Payments:Accounts:{name}</c>.</summary>
internal sealed class StripeOptions
{
    /// <summary>File of the secret key, or of a restricted one that may write payment intents and refunds.</summary>
    [Required]
    public string SecretKeyFile { get; init; } = "";

    /// <summary>What Stripe's form in the browser is opened with. Not secret.</summary>
    [Required]
    public string PublishableKey { get; init; } = "";

    /// <summary>Files of the secrets that sign notices, all of which verify: two while a secret is changed.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> WebhookSecretFiles { get; init; } = [];

    /// <summary>Whether money is only held when a customer pays, and taken by staff later.</summary>
    public bool CaptureManually { get; init; }
}
