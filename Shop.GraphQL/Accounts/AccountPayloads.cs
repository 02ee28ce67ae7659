using System.Diagnostics;
using Shop.Data.Accounts;
using Shop.Data.Accounts.Tokens;

namespace Shop.GraphQL.Accounts;

/// <summary>What became of signing in.</summary>
/// <param name="AccessToken">
/// For the header `Authorization: Bearer …`; good for some minutes. A secret. Null where signing in was refused.
/// </param>
/// <param name="AccessTokenExpiresAt">Until when it is good. WebSockets and event streams that it opened end then.</param>
/// <param name="RefreshToken">
/// For `tokenRefresh`, once: keep the one that comes with the answer. A secret. Null where signing in was refused.
/// </param>
/// <param name="Problems">
/// Why signing in was refused. A customer who was signed in may still find one here: why the guest's cart was not taken.
/// </param>
internal sealed record SignInPayload(
    string? AccessToken,
    DateTimeOffset? AccessTokenExpiresAt,
    string? RefreshToken,
    [property: ListSize(3)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The customer who was signed in.</summary>
    internal CustomerId? CustomerId { get; init; }

    /// <summary>The customer who is signed in now; null where signing in was refused.</summary>
    public IDataLoaderResult<Customer?>? Customer([FromServices] LoaderContext loaders) =>
        CustomerId is { } id ? loaders.Get<CustomerById>().Load(id) : null;

    /// <summary>Says nothing: what is printed by accident must not open a session.</summary>
    public override string ToString() => "sign-in";

    internal static SignInPayload Of(SessionTokens tokens, IReadOnlyList<Problem> problems) =>
        new(tokens.AccessToken, tokens.AccessTokenExpiresAt, tokens.RefreshToken, problems)
        {
            CustomerId = tokens.Customer,
        };

    internal static SignInPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(null, null, null, problems);
}

/// <summary>What became of signing out.</summary>
/// <param name="Problems">Empty: a session that is over already is no problem.</param>
internal sealed record SignOutPayload([property: ListSize(1)] IReadOnlyList<Problem> Problems);

/// <summary>What became of a change to a customer.</summary>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record CustomerPayload([property: ListSize(5)] IReadOnlyList<Problem> Problems)
{
    /// <summary>The customer who was changed.</summary>
    internal CustomerId? CustomerId { get; init; }

    /// <summary>The customer after it; null where nothing was changed.</summary>
    public IDataLoaderResult<Customer?>? Customer([FromServices] LoaderContext loaders) =>
        CustomerId is { } id ? loaders.Get<CustomerById>().Load(id) : null;

    internal static CustomerPayload Refused(params IReadOnlyList<Problem> problems) => new(problems);

    /// <summary>What a verb answered.</summary>
    internal static CustomerPayload Of(CustomerResult result, CustomerId customer) =>
        result is CustomerResult.Done
            ? new([]) { CustomerId = customer }
            : Refused(CustomerProblems.Of(result));
}

/// <summary>What became of a change to an address book.</summary>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record AddressPayload([property: ListSize(5)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Whose book was changed.</summary>
    internal CustomerId? CustomerId { get; init; }

    /// <summary>The address that was saved.</summary>
    internal CustomerAddressId? AddressId { get; init; }

    /// <summary>The customer after it, with the whole book; null where nothing was changed.</summary>
    public IDataLoaderResult<Customer?>? Customer([FromServices] LoaderContext loaders) =>
        CustomerId is { } id ? loaders.Get<CustomerById>().Load(id) : null;

    /// <summary>The entry as it is saved; null where none was.</summary>
    public IDataLoaderResult<CustomerAddress?>? Address([FromServices] LoaderContext loaders) =>
        CustomerId is { } id && AddressId is { } saved
            ? loaders
                .Get<AddressesByCustomerId>()
                .Load(id)
                .Select(book => book.FirstOrDefault(address => address.Id == saved))
            : null;

    internal static AddressPayload Refused(params IReadOnlyList<Problem> problems) => new(problems);

    /// <summary>What a verb answered.</summary>
    internal static AddressPayload Of(CustomerResult result, CustomerId customer) =>
        result is CustomerResult.Done done
            ? new([]) { CustomerId = customer, AddressId = done.Address }
            : Refused(CustomerProblems.Of(result));
}

/// <summary>From the ways in which a change can be refused to what clients see.</summary>
internal static class CustomerProblems
{
    public static Problem Of(CustomerResult refusal) =>
        refusal switch
        {
            CustomerResult.NotFound => new NotFound("There is no such customer.", ["customerId"], null),
            CustomerResult.VersionConflict(var version) => new VersionConflict(version)
            {
                Field = ["ifVersion"],
            },
            CustomerResult.AddressNotFound => new NotFound(
                "There is no such address in the book.",
                ["addressId"],
                null
            ),
            CustomerResult.TooManyAddresses => new InvalidInput(
                $"An address book holds at most {Shop.Data.Accounts.CustomerAddress.MaxPerCustomer} addresses.",
                ["address"]
            ),
            CustomerResult.WrongPassword => new InvalidCredentials { Field = ["oldPassword"] },
            CustomerResult.Throttled(var pollAfter) => TooManyAttempts(pollAfter),
            CustomerResult.OwnAdminRole => new NotAllowedNow(
                "Nobody takes the role of an admin from themselves; another admin can."
            ),
            _ => throw new UnreachableException(),
        };

    public static Throttled TooManyAttempts(DateTimeOffset pollAfter) =>
        new(pollAfter)
        {
            Message = "There were too many attempts; send the same request again after `pollAfter`.",
        };
}
