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
    /// <summary>Whether a country has this code.</summary>
    public static bool IsAssigned(string code) => Countries.All.Contains(code);

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
