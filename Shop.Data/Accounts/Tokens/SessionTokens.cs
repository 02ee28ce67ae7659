namespace Shop.Data.Accounts.Tokens;

/// <summary>What proves to the shop that a customer is signed in.</summary>
/// <param name="Customer">Who.</param>
/// <param name="AccessToken">For the header <c>Authorization: Bearer …</c>.</param>
/// <param name="AccessTokenExpiresAt">Until when it is good; in whole seconds.</param>
/// <param name="RefreshToken">Gives the next pair, once.</param>
public sealed record SessionTokens(
    CustomerId Customer,
    string AccessToken,
    DateTimeOffset AccessTokenExpiresAt,
    string RefreshToken
)
{
    /// <summary>Says nothing but who: what is printed by accident must not open a session.</summary>
    public override string ToString() => $"tokens of {Customer}";
}
