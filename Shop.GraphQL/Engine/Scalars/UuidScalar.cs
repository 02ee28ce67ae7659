namespace Shop.GraphQL.Engine.Scalars;

/// <summary>A UUID in its usual form of 36 characters.</summary>
internal sealed class UuidScalar()
    : TextScalar<Guid>(
        "UUID",
        "A UUID by RFC 9562, such as `0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7`.",
        "https://www.rfc-editor.org/rfc/rfc9562"
    )
{
    protected override bool TryRead(string text, out Guid value) => Guid.TryParseExact(text, "D", out value);

    protected override string Write(Guid value) => value.ToString("D");
}
