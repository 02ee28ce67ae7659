using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing.Edit;

/// <summary>What of a zone of taxes cannot be.</summary>
public enum TaxZoneFault
{
    /// <summary>The title has 1 to 200 characters.</summary>
    Title,

    /// <summary>There is a country or a region; countries are two capitals.</summary>
    Countries,

    /// <summary>Regions are ISO 3166-2 codes.</summary>
    Regions,

    /// <summary>Postal codes have 1 to 20 characters, a letter or a digit among them; a star only at the end.</summary>
    PostalCodes,

    /// <summary>Classes are small letters, digits and hyphens; names have 1 to 100 characters; a rate ends after it begins.</summary>
    Rates,

    /// <summary>A percentage is 0 to 100, with four decimals at most.</summary>
    Percent,

    /// <summary>There are five hundred at most.</summary>
    TooMany,
}

/// <summary>Looks through a zone of taxes by itself.</summary>
internal static class TaxZoneFaults
{
    private const int MaxTitle = 200;
    private const int MaxName = 100;
    private const long All = 1_000_000;

    /// <summary>Each fault once.</summary>
    public static IEnumerable<TaxZoneFault> Of(StoredTaxZone zone) =>
        new (bool IsSound, TaxZoneFault Fault)[]
        {
            (zone.Title.Trim().Length is > 0 and <= MaxTitle, TaxZoneFault.Title),
            (
                zone.Places.Countries.Count + zone.Places.Regions.Count > 0
                    && zone.Places.Countries.All(IsCountry),
                TaxZoneFault.Countries
            ),
            (zone.Places.Regions.All(Destination.IsRegion), TaxZoneFault.Regions),
            (zone.Places.PostalCodes.All(Places.IsPostalCode), TaxZoneFault.PostalCodes),
            (zone.Rates.All(IsSound), TaxZoneFault.Rates),
            (zone.Rates.All(rate => rate.PerMillion is >= 0 and <= All), TaxZoneFault.Percent),
        }
            .Where(test => !test.IsSound)
            .Select(test => test.Fault);

    private static bool IsSound(ZoneRate rate) =>
        PlainText.IsWord(rate.Class)
        && rate.Name.Trim().Length is > 0 and <= MaxName
        && !(rate.Until <= rate.From);

    private static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);
}
