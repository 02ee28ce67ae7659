namespace Shop.GraphQL.Catalog;

/// <summary>What is wrong with a text of the catalogue.</summary>
internal static class TextFaults
{
    /// <summary>It must be one line that says something.</summary>
    public static IEnumerable<InvalidInput> Line(string text, IReadOnlyList<string> field) =>
        PlainText.IsName(text) ? []
        : PlainText.IsEmpty(text) ? [new("It must not be empty.", field)]
        : [new("It must be one line of text without hidden characters.", field)];

    /// <summary>It must be a part of an address as the shop writes them; null is well.</summary>
    public static IEnumerable<InvalidInput> Slug(string? slug, IReadOnlyList<string> field) =>
        slug is null || (slug.Length > 0 && slug.Split('-').All(word => word.Length > 0 && word.All(IsPlain)))
            ? []
            : [new("It has small letters and digits, with single hyphens between them.", field)];

    private static bool IsPlain(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);
}
