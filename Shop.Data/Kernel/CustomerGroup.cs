namespace Shop.Data.Kernel;

/// <summary>Groups of customers, such as <c>trade</c>: a name that customers, price lists and promotions have in common.</summary>
public static class CustomerGroup
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 40;

    /// <summary>The most groups that a customer is in.</summary>
    public const int MaxPerCustomer = 20;

    /// <summary>A name as it is stored and compared: small letters, without blanks around it.</summary>
    public static string NormalForm(string name) => name.Trim().ToLowerInvariant();

    /// <summary>The same of many: each once, sorted.</summary>
    public static IReadOnlyList<string> NormalForms(IEnumerable<string> names) =>
        [.. names.Select(NormalForm).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsOne(string name) => PlainText.IsName(name) && name.Length <= MaxLength;
}
