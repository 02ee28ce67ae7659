using System.Diagnostics.CodeAnalysis;

namespace Shop.GraphQL.Transport.Origins;

/// <summary>Where a page comes from, as its browser tells it (RFC 6454).</summary>
/// <param name="Scheme">In small letters.</param>
/// <param name="Host">In small letters.</param>
/// <param name="Port">Null for any, which only a setting says.</param>
internal sealed record Origin(string Scheme, string Host, int? Port)
{
    private const string AnyPort = ":*";

    /// <summary>Reads <c>scheme://host</c> or <c>scheme://host:port</c>; the port may be <c>*</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Origin? origin)
    {
        var isAny = text.EndsWith(AnyPort, StringComparison.Ordinal);
        var plain = isAny ? text[..^AnyPort.Length] : text;
        origin =
            Uri.TryCreate(plain, UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && uri.UserInfo.Length == 0
            && plain.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
                ? new(uri.Scheme, uri.IdnHost, isAny ? null : uri.Port)
                : null;
        return origin is not null;
    }

    /// <summary>Whether this one, of the settings, means that one, of a browser.</summary>
    public bool Covers(Origin other) => this == (Port is null ? other with { Port = null } : other);
}
