namespace Shop.Data.Kernel;

/// <summary>What we ask of an e-mail address, and when two of them are the same.</summary>
public static class EmailAddress
{
    /// <summary>The most characters that one has (RFC 5321, 4.5.3.1.3, without the angle brackets).</summary>
    public const int MaxLength = 254;

    /// <summary>Whether a text can be one. Whether it receives mail, only a mail can tell.</summary>
    public static bool IsOne(string text) =>
        text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < text.Length - 1
        && at == text.LastIndexOf('@')
        && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));

    /// <summary>By what two of them are compared: without blanks around it, in small letters.</summary>
    public static string NormalForm(string email) => email.Trim().ToLowerInvariant();
}
