using Shop.Data.Accounts;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary>
/// <c>staff EMAIL [ROLE...]</c>: makes an account of staff, or says what one may do. Without roles, an account that is there gets
/// another password.
/// </summary>
internal static class StaffCommand
{
    private static readonly Dictionary<string, StaffRole> _roles = Enum.GetValues<StaffRole>()
        .ToDictionary(Name, StringComparer.OrdinalIgnoreCase);

    private static string Known => string.Join(", ", _roles.Keys);

    /// <returns>0; or 2 where the words make no sense.</returns>
    public static async Task<int> RunAsync(
        string[] words,
        IServiceProvider services,
        Steps steps,
        CancellationToken cancel
    )
    {
        if (words is not [var email, .. var named] || !EmailAddress.IsOne(email))
        {
            await steps.SayAsync(
                $"staff EMAIL ROLE... gives an account these roles, of {Known}; staff EMAIL gives it another password."
            );
            return 2;
        }

        var roles = named.Where(_roles.ContainsKey).Select(name => _roles[name]).ToList();
        if (named.Where(name => !_roles.ContainsKey(name)).ToList() is { Count: > 0 } strange)
        {
            await steps.SayAsync($"There is no role {string.Join(", ", strange)}; there are {Known}.");
            return 2;
        }

        var isKnown = await services.GetRequiredService<Credentials>().AreKnownAsync(email, cancel);
        if (!isKnown && roles.Count == 0)
        {
            await steps.SayAsync(
                $"There is no account {email}. To make one, say what it may do: staff {email} ROLE..."
            );
            return 2;
        }

        var saved = await services
            .GetRequiredService<SaveStaff>()
            .RunAsync(new(email, roles.Count == 0 ? null : roles, NewPassword: roles.Count == 0), cancel);
        await steps.SayAsync(
            (saved.IsNew ? $"{email} is new." : $"{email} is changed.")
                + (roles.Count == 0 ? "" : $" Roles: {string.Join(", ", roles.Select(Name))}.")
                + (saved.Password is { } password ? $" Password, shown only now: {password}" : "")
        );
        return 0;
    }

    // As the schema spells it.
    private static string Name(StaffRole role) => role.ToString().ToUpperInvariant();
}
