using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Accounts.Tokens;
using Shop.Data.Audit;
using Shop.Data.Storage;

namespace Shop.Data.Accounts;

/// <summary>Registers Accounts.</summary>
public static class AccountsServices
{
    /// <summary>Its database, its verbs and its tokens, for hosts that customers talk to.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services
            .AddOptionsWithValidateOnStart<TokenOptions>()
            .BindConfiguration(TokenOptions.Section)
            .ValidateDataAnnotations();
        return services
            .AddAccountRetention()
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
            .AddSingleton<SaveStaff>()
            .AddAuditBook<AccountsDb>();
    }

    /// <summary>What job hosts do with it: forgetting. Wants no secret.</summary>
    public static IServiceCollection AddAccountRetention(this IServiceCollection services)
    {
        services
            .AddOptionsWithValidateOnStart<AccountOptions>()
            .BindConfiguration(AccountOptions.Section)
            .ValidateDataAnnotations();
        return services.AddDatabase<AccountsDb>().AddSingleton<ForgetSessions>();
    }
}
