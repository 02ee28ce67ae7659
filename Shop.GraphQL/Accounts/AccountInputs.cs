using Shop.Data.Accounts;
using Shop.GraphQL.Engine.Filters;
using Shop.GraphQL.Shared;
using CustomerRow = Shop.Data.Accounts.Customer;

namespace Shop.GraphQL.Accounts;

/// <summary>Which customers.</summary>
/// <param name="Search">
/// The beginning of their e-mail or of their name, in any case; at most 254 characters.
/// </param>
[Filter]
internal sealed record CustomerWhere([property: MaxText(EmailAddress.MaxLength)] string? Search)
{
    /// <summary>For LIKE; null for all.</summary>
    internal string? Pattern =>
        string.IsNullOrWhiteSpace(Search)
            ? null
            : Search
                .Trim()
                .ToLowerInvariant()
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";
}

/// <summary>A new account.</summary>
/// <param name="Email">What to sign in with; at most 254 characters.</param>
/// <param name="Password">8 to 128 characters.</param>
/// <param name="Name">What they want to be called; at most 200 characters.</param>
/// <param name="CartId">The guest's cart, which becomes theirs.</param>
internal sealed record CustomerRegisterInput(
    string Email,
    [property: MaxText(Passwords.MaxLength)] string Password,
    [property: MaxText(CustomerRow.MaxNameLength)] string Name,
    CartId? CartId
)
{
    /// <summary>What of it no account can have; empty where all is well.</summary>
    internal IReadOnlyList<Problem> Faults() =>
        [
            .. AccountFaults.OfEmail(Email),
            .. AccountFaults.OfPassword(Password, "password"),
            .. AccountFaults.OfName(Name),
        ];
}

/// <summary>Who wants to sign in.</summary>
/// <param name="Email">Of the account, in any case; at most 254 characters.</param>
/// <param name="Password">At most 128 characters.</param>
/// <param name="CartId">The guest's cart: it becomes the customer's, or goes into the one that they have.</param>
/// <param name="RefreshToken">
/// One that this device has had for the account, also of a session that is over; at most 100 characters. It proves that the
/// device is the owner's: what others have tried with this e-mail does not make them wait.
/// </param>
internal sealed record SignInInput(
    [property: MaxText(EmailAddress.MaxLength)] string Email,
    [property: MaxText(Passwords.MaxLength)] string Password,
    CartId? CartId,
    [property: MaxText(100)] string? RefreshToken
);

/// <summary>A session to be continued.</summary>
/// <param name="RefreshToken">The newest one; at most 100 characters.</param>
internal sealed record TokenRefreshInput([property: MaxText(100)] string RefreshToken);

/// <summary>A session to be ended.</summary>
/// <param name="RefreshToken">Any one of it; at most 100 characters.</param>
internal sealed record SignOutInput([property: MaxText(100)] string RefreshToken);

/// <summary>What a customer changes of themselves.</summary>
/// <param name="Name">What they want to be called; at most 200 characters.</param>
/// <param name="IfVersion">Refused unless the customer is at this version; null for whatever they are at.</param>
internal sealed record ViewerUpdateInput(
    [property: MaxText(CustomerRow.MaxNameLength)] string Name,
    int? IfVersion
);

/// <summary>Another password.</summary>
/// <param name="OldPassword">The one that counts until now; at most 128 characters.</param>
/// <param name="NewPassword">The one that counts from now on; 8 to 128 characters.</param>
internal sealed record PasswordChangeInput(
    [property: MaxText(Passwords.MaxLength)] string OldPassword,
    [property: MaxText(Passwords.MaxLength)] string NewPassword
);

/// <summary>An entry of the address book.</summary>
/// <param name="AddressId">Which one is changed; null adds one.</param>
/// <param name="Address">What it says.</param>
/// <param name="IsDefault">True to offer it first, and no other. The first one of a book is offered first in any case.</param>
/// <param name="IfVersion">Refused unless the customer is at this version; null for whatever they are at.</param>
internal sealed record AddressSaveInput(
    CustomerAddressId? AddressId,
    AddressInput Address,
    bool? IsDefault,
    int? IfVersion
)
{
    internal SaveAddressRequest ToRequest(CustomerId customer) =>
        new(customer, AddressId, Address.ToAddress(), IsDefault ?? false, IfVersion);
}

/// <summary>An entry that leaves the address book.</summary>
/// <param name="AddressId">Which; one that is gone already is no error.</param>
/// <param name="IfVersion">Refused unless the customer is at this version; null for whatever they are at.</param>
internal sealed record AddressRemoveInput(CustomerAddressId AddressId, int? IfVersion);

/// <summary>What a customer may do as staff.</summary>
/// <param name="CustomerId">Which customer.</param>
/// <param name="Roles">All of their roles; empty for none. At most 5.</param>
/// <param name="IfVersion">Refused unless the customer is at this version; null for whatever they are at.</param>
internal sealed record CustomerRolesSetInput(
    CustomerId CustomerId,
    [property: MaxItems(5)] IReadOnlyList<StaffRole> Roles,
    int? IfVersion
);

/// <summary>The groups of a customer.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Groups">All of them, such as `trade`; case and blanks around a name do not matter. At most 20, each of 1 to 40 characters.</param>
/// <param name="IfVersion">Refused unless the customer is at this version; null for whatever they are at.</param>
internal sealed record CustomerGroupsSetInput(
    CustomerId CustomerId,
    [property: MaxItems(CustomerGroup.MaxPerCustomer)] IReadOnlyList<string> Groups,
    int? IfVersion
)
{
    /// <summary>What of it no customer can have; empty where all is well.</summary>
    internal IEnumerable<Problem> Faults() =>
        from each in Groups.Index()
        where !CustomerGroup.IsOne(each.Item)
        select new InvalidInput(
            $"It has 1 to {CustomerGroup.MaxLength} characters that can be seen.",
            ["groups", $"{each.Index}"]
        );
}

/// <summary>Where a customer pays no tax.</summary>
/// <param name="CustomerId">Which customer.</param>
/// <param name="Exemption">Why and where not; null where they pay taxes like anybody.</param>
/// <param name="IfVersion">Refused unless the customer is at this version; null for whatever they are at.</param>
internal sealed record CustomerTaxExemptionSetInput(
    CustomerId CustomerId,
    TaxExemptionInput? Exemption,
    int? IfVersion
);

/// <summary>What no account can have.</summary>
internal static class AccountFaults
{
    public static IEnumerable<Problem> OfEmail(string email)
    {
        if (!EmailAddress.IsOne(email.Trim()))
        {
            yield return new InvalidInput("This is no e-mail address.", ["email"]);
        }
    }

    public static IEnumerable<Problem> OfPassword(string password, string field)
    {
        if (PlainText.Length(password) < Passwords.MinLength)
        {
            yield return new InvalidInput(
                $"A password has at least {Passwords.MinLength} characters.",
                [field]
            );
        }
    }

    public static IEnumerable<Problem> OfName(string name)
    {
        if (PlainText.IsEmpty(name))
        {
            yield return new InvalidInput("It must not be empty.", ["name"]);
        }
        else if (!PlainText.IsName(name))
        {
            yield return new InvalidInput("It must be one line of text without hidden characters.", ["name"]);
        }
    }
}
