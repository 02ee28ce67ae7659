using System.Diagnostics;
using Shop.Data.Accounts;

namespace Shop.GraphQL.Accounts;

/// <summary>Accounts made, sessions opened, continued and ended.</summary>
internal sealed class SessionMutations(
    RegisterCustomer registerCustomer,
    SignIn signIn,
    RefreshSession refreshSession,
    SignOut signOut,
    ClaimGuestCart claimCart,
    Asker asker
)
{
    /// <summary>
    /// Makes an account and signs its owner in. Sent again with the same e-mail and password it signs in.
    /// </summary>
    /// <param name="input">Whose.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<SignInPayload> CustomerRegisterAsync(
        CustomerRegisterInput input,
        CancellationToken cancel
    ) =>
        input.Faults() is { Count: > 0 } faults
            ? SignInPayload.Refused(faults)
            : await PayloadAsync(
                await registerCustomer.RunAsync(
                    new(input.Email, input.Password, input.Name, asker.Address),
                    cancel
                ),
                input.CartId,
                cancel
            );

    /// <summary>Signs a customer in: opens a session, which lasts as long as `tokenRefresh` continues it.</summary>
    /// <param name="input">Who.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<SignInPayload> SignInAsync(SignInInput input, CancellationToken cancel) =>
        await PayloadAsync(
            await signIn.RunAsync(
                new(input.Email, input.Password, asker.Address, input.RefreshToken),
                cancel
            ),
            input.CartId,
            cancel
        );

    /// <summary>
    /// Gives the next tokens of a session. Each refresh token is used once; a client that has not heard the answer may send it again within half
    /// a minute. Later that ends the session, as two have the token then.
    /// </summary>
    /// <param name="input">Which session.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<SignInPayload> TokenRefreshAsync(TokenRefreshInput input, CancellationToken cancel)
    {
        var result = await refreshSession.RunAsync(input.RefreshToken, cancel);
        if (result is not RefreshSessionResult.Done(var tokens))
        {
            return SignInPayload.Refused(new SessionEnded());
        }

        asker.Become(tokens.Customer);
        return SignInPayload.Of(tokens, []);
    }

    /// <summary>Ends a session. An access token of it is good to its end, some minutes; forget it. Can be repeated.</summary>
    /// <param name="input">Which session.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<SignOutPayload> SignOutAsync(SignOutInput input, CancellationToken cancel)
    {
        await signOut.RunAsync(input.RefreshToken, cancel);
        return new([]);
    }

    private async Task<SignInPayload> PayloadAsync(
        SignInResult result,
        CartId? cart,
        CancellationToken cancel
    )
    {
        switch (result)
        {
            case SignInResult.Done(var tokens):
                asker.Become(tokens.Customer);
                return SignInPayload.Of(
                    tokens,
                    cart is { } guests ? await claimCart(tokens.Customer, guests, cancel) : []
                );
            case SignInResult.InvalidCredentials:
                return SignInPayload.Refused(new InvalidCredentials());
            case SignInResult.EmailTaken:
                return SignInPayload.Refused(new EmailTaken());
            case SignInResult.Throttled(var pollAfter):
                return SignInPayload.Refused(CustomerProblems.TooManyAttempts(pollAfter));
            default:
                throw new UnreachableException();
        }
    }
}

/// <summary>Makes the cart that a guest has filled the customer's, once they have signed in. Carts knows how.</summary>
/// <param name="customer">Who has signed in.</param>
/// <param name="guests">The cart that they filled before.</param>
/// <param name="cancel">Ends the wait.</param>
/// <returns>Why it was not taken; empty on success.</returns>
internal delegate Task<IReadOnlyList<Problem>> ClaimGuestCart(
    CustomerId customer,
    CartId guests,
    CancellationToken cancel
);
