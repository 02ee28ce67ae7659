using System.Collections.Frozen;

namespace Shop.Load.Replay;

/// <summary>The countries of the file as ISO 3166-1 alpha-2 codes.</summary>
internal static class Countries
{
    /// <summary>Where an order without a country (<c>Unspecified</c>, <c>European Community</c>) is sent: the shop is British.</summary>
    public const string Home = "GB";

    private static readonly FrozenDictionary<string, string> _codes = new Dictionary<string, string>
    {
        ["Australia"] = "AU",
        ["Austria"] = "AT",
        ["Bahrain"] = "BH",
        ["Belgium"] = "BE",
        ["Brazil"] = "BR",
        ["Canada"] = "CA",
        // Jersey for both bailiwicks: they have no common code.
        ["Channel Islands"] = "JE",
        ["Cyprus"] = "CY",
        ["Czech Republic"] = "CZ",
        ["Denmark"] = "DK",
        ["EIRE"] = "IE",
        ["Finland"] = "FI",
        ["France"] = "FR",
        ["Germany"] = "DE",
        ["Greece"] = "GR",
        ["Hong Kong"] = "HK",
        ["Iceland"] = "IS",
        ["Israel"] = "IL",
        ["Italy"] = "IT",
        ["Japan"] = "JP",
        ["Lebanon"] = "LB",
        ["Lithuania"] = "LT",
        ["Malta"] = "MT",
        ["Netherlands"] = "NL",
        ["Norway"] = "NO",
        ["Poland"] = "PL",
        ["Portugal"] = "PT",
        ["RSA"] = "ZA",
        ["Saudi Arabia"] = "SA",
        ["Singapore"] = "SG",
        ["Spain"] = "ES",
        ["Sweden"] = "SE",
        ["Switzerland"] = "CH",
        ["USA"] = "US",
        ["United Arab Emirates"] = "AE",
        ["United Kingdom"] = "GB",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The code; <see cref="Home"/> for a name that is no country.</summary>
    public static string Code(string name) => _codes.GetValueOrDefault(name, Home);
}
