using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Accounts.Operators;
using Shop.Data.Accounts.Tokens;
using Shop.Data.Audit;

namespace Shop.Data.Accounts;

/// <summary>Registers Accounts.</summary>
public static class AccountsServices
{
    /// <summary>Its database and its retention. Wants no secret.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services
            .AddSettings<AccountOptions>(AccountOptions.Section)
            .AddDatabase<AccountsDb>()
            .AddSingleton<ForgetSessions>();

    /// <summary>Its verbs and its tokens, for hosts that customers talk to. Wants <see cref="AddAccounts"/>.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services) =>
        services
            .AddSettings<TokenOptions>(TokenOptions.Section)
            .AddSingleton<Passwords>()
            .AddSingleton<SignInAttempts>()
            .AddSingleton<Credentials>()
            .AddSingleton<SigningKeys>()
            .AddSingleton<AccessTokens>()
            .AddSingleton<Sessions>()
            .AddSingleton<SignIn>()
            .AddSingleton<RegisterCustomer>()
            .AddSingleton<RefreshSession>()
            .AddSingleton<SignOut>()
            .AddSingleton<ChangePassword>()
            .AddSingleton<UpdateCustomer>()
            .AddSingleton<SaveAddress>()
            .AddSingleton<RemoveAddress>()
            .AddSingleton<SetCustomerRoles>()
            .AddSingleton<SetCustomerGroups>()
            .AddSingleton<SetTaxExemption>()
            .AddSingleton<SaveStaff>()
            .AddSingleton<NoteHeapTaken>()
            .AddAuditBook<AccountsDb>();
}
