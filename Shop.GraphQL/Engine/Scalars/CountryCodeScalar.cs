using System.Collections.Frozen;
using GraphQL.Types;

namespace Shop.GraphQL.Engine.Scalars;

/// <summary>
/// A country by its two letters. Any text is let in: of one that names no country a form is told by a problem with its field,
/// as of all that people type there.
/// </summary>
internal sealed class CountryCodeScalar()
    : TextScalar<string>(
        "CountryCode",
        "A country by ISO 3166-1 alpha-2, in capitals, such as `GB`; and `XK`, which people in Kosovo write.",
        "https://www.iso.org/iso-3166-country-codes.html"
    )
{
    private static readonly FrozenSet<string> _assigned = (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
        + "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
        + "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
        + "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
        + "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
        + "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
        + "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a country has this code.</summary>
    public static bool IsAssigned(string code) => _assigned.Contains(code);

    protected override bool TryRead(string text, out string value)
    {
        value = text;
        return true;
    }

    protected override string Write(string value) => value;
}

/// <summary>Shows a string as a <c>CountryCode</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Method)]
internal sealed class CountryCodeAttribute : GraphQLAttribute
{
    /// <inheritdoc />
    public override void Modify(TypeInformation typeInformation) =>
        typeInformation.GraphType = typeof(CountryCodeScalar);
}
