using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Pricing.Uses;

/// <summary>As whom a customer is counted, so that another spelling, or an account made later, opens no second use.</summary>
public static class Buyers
{
    /// <summary>Each of them is counted; the one that has used most decides.</summary>
    /// <param name="customer">The account; null for a guest.</param>
    /// <param name="emails">That of the order, and that of the account where there is one.</param>
    public static IReadOnlyList<string> Of(CustomerId? customer, params IEnumerable<string?> emails) =>
        [
            .. customer is { } id
                ? [string.Create(CultureInfo.InvariantCulture, $"c:{id.Value}")]
                : Array.Empty<string>(),
            // The ledger names no person.
            .. emails
                .OfType<string>()
                .Select(email => SHA256.HashData(Encoding.UTF8.GetBytes(EmailAddress.NormalForm(email))))
                .Select(hash => $"e:{Convert.ToHexStringLower(hash)}")
                .Distinct(),
        ];
}
