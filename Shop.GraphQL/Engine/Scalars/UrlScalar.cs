namespace Shop.GraphQL.Engine.Scalars;

/// <summary>An absolute web address; other schemes (<c>javascript:</c>, <c>file:</c>) are refused.</summary>
internal sealed class UrlScalar()
    : TextScalar<Uri>(
        "URL",
        "An absolute http or https address by RFC 3986.",
        "https://www.rfc-editor.org/rfc/rfc3986"
    )
{
    protected override bool TryRead(string text, out Uri value) =>
        Uri.TryCreate(text, UriKind.Absolute, out value!)
        && (value.Scheme == Uri.UriSchemeHttps || value.Scheme == Uri.UriSchemeHttp);

    protected override string Write(Uri value) => value.AbsoluteUri;
}
