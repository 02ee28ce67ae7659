namespace Shop.Data.Kernel;

/// <summary>That a customer pays no tax on what goes to a country, as staff has found.</summary>
/// <param name="Kind">Why not.</param>
/// <param name="CountryCode">Which country.</param>
/// <param name="Number">What proves it, as an invoice names it: a VAT number, or that of a certificate. 1 to 40 characters.</param>
public sealed record TaxExemption(TaxExemptionKind Kind, string CountryCode, string Number)
{
    /// <summary>The most characters of <see cref="Number"/>.</summary>
    public const int MaxNumber = 40;

    /// <summary>As it is stored, and as an access token names it.</summary>
    internal string Text => $"{Kind} {CountryCode} {Number}";

    /// <summary>From <see cref="Text"/>; null where it is none.</summary>
    public static TaxExemption? Read(string? text) =>
        text?.Split(' ', 3) is [var kind, var country, var number]
        && Enum.TryParse<TaxExemptionKind>(kind, out var known)
            ? new(known, country, number)
            : null;

    /// <summary>Whether a text can be a number.</summary>
    public static bool IsNumber(string text) =>
        PlainText.IsName(text) && text.Trim().Length is > 0 and <= MaxNumber;
}

/// <summary>Why a customer pays no tax.</summary>
public enum TaxExemptionKind
{
    /// <summary>A business in another country, which pays the tax there by itself; its VAT number proves it.</summary>
    ReverseCharge,

    /// <summary>One that the law exempts, such as an embassy or a charity, at home as well; a certificate proves it.</summary>
    Exempt,
}
