using System.Globalization;

namespace Shop.Channels.Stripe;

/// <summary>What Stripe takes: fields, lengths, and amounts in its own smallest units.</summary>
internal static class StripeRules
{
    private static readonly HashSet<string> _threeDecimals = ["bhd", "jod", "kwd", "omr", "tnd"];
    private static readonly HashSet<string> _wholeWithTwo = ["isk", "ugx"];

    private static readonly Dictionary<string, long> _least = new()
    {
        ["eur"] = 50,
        ["usd"] = 50,
        ["gbp"] = 30,
        ["jpy"] = 50,
    };

    /// <summary>Why a new intent is not taken; null where it is.</summary>
    public static StripeFault? RefuseIntent(IReadOnlyDictionary<string, string> form) =>
        RefuseUnknown(
            form,
            "amount",
            "currency",
            "automatic_payment_methods[enabled]",
            "capture_method",
            "description"
        )
        ?? RefuseAmount(form, form.GetValueOrDefault("currency"))
        ?? (
            form.GetValueOrDefault("automatic_payment_methods[enabled]", "true") is "true" or "false"
                ? null
                : new StripeFault("parameter_invalid_string", "automatic_payment_methods[enabled]")
        )
        ?? (
            form.GetValueOrDefault("capture_method", "automatic") is "automatic" or "manual"
                ? null
                : new StripeFault("parameter_invalid_string", "capture_method")
        );

    /// <summary>Why a refund is not taken for its form; null where it is.</summary>
    public static StripeFault? RefuseRefund(IReadOnlyDictionary<string, string> form, string currency) =>
        RefuseUnknown(form, "payment_intent", "amount")
        ?? (form.ContainsKey("amount") ? RefuseNumber(form, "amount", currency) : null);

    /// <summary>Why an amount is not taken; null where it is.</summary>
    public static StripeFault? RefuseNumber(
        IReadOnlyDictionary<string, string> form,
        string name,
        string currency
    ) =>
        !long.TryParse(
            form.GetValueOrDefault(name),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var amount
        )
        || amount == 0
            ? new("parameter_invalid_integer", name)
        : amount > 99_999_999 ? new("amount_too_large", name)
        : _threeDecimals.Contains(currency) && amount % 10 != 0
        || _wholeWithTwo.Contains(currency) && amount % 100 != 0
            ? new("invalid_request", name)
        : null;

    private static StripeFault? RefuseAmount(IReadOnlyDictionary<string, string> form, string? currency) =>
        currency is not { Length: 3 } || currency.Any(letter => letter is < 'a' or > 'z')
            ? new("parameter_invalid_string", "currency")
            : RefuseNumber(form, "amount", currency)
                ?? (
                    long.Parse(form["amount"], CultureInfo.InvariantCulture)
                    < _least.GetValueOrDefault(currency, 1)
                        ? new("amount_too_small", "amount")
                        : null
                );

    private static StripeFault? RefuseUnknown(
        IReadOnlyDictionary<string, string> form,
        params ReadOnlySpan<string> known
    )
    {
        foreach (var (name, value) in form)
        {
            var isMetadata = name.StartsWith("metadata[", StringComparison.Ordinal) && name.EndsWith(']');
            if (!isMetadata && !known.Contains(name))
            {
                return new("parameter_unknown", name);
            }

            if (
                value.Length == 0
                || isMetadata && (value.Length > 500 || name.Length > "metadata[]".Length + 40)
            )
            {
                return new("parameter_invalid_string", name);
            }
        }

        return null;
    }
}

/// <summary>Why Stripe refuses a call.</summary>
/// <param name="Code">Stripe's code.</param>
/// <param name="Parameter">Which parameter is at fault; null where none is.</param>
internal sealed record StripeFault(string Code, string? Parameter = null)
{
    /// <summary>Of HTTP.</summary>
    public int Status =>
        Code switch
        {
            "resource_missing" => 404,
            "idempotency_key_in_use" => 409,
            "rate_limit" => 429,
            "card_declined" => 402,
            _ => 400,
        };
}
