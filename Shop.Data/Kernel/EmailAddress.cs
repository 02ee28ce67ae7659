using System.Net.Mail;

namespace Shop.Data.Kernel;

/// <summary>What we ask of an e-mail address, and when two of them are the same.</summary>
public static class EmailAddress
{
    /// <summary>The most characters that one has (RFC 5321, 4.5.3.1.3, without the angle brackets).</summary>
    public const int MaxLength = 254;

    /// <summary>
    /// Whether a text is one that mail on the internet can go to: no name beside it, and a domain with a dot. Whether it
    /// receives mail, only a mail can tell.
    /// </summary>
    public static bool IsOne(string text) =>
        text.Length <= MaxLength
        && MailAddress.TryCreate(text, out var parsed)
        && parsed.Address == text
        && parsed.User.All(letter => letter is not ('"' or '(' or ')'))
        && PlainText.IsCode(text)
        && IsDomain(parsed.Host);

    /// <summary>By what two of them are compared: without blanks around it, composed, in small letters.</summary>
    public static string NormalForm(string email) => PlainText.Composed(email.Trim()).ToLowerInvariant();

    private static bool IsDomain(string host) =>
        host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns;
}
