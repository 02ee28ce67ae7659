using Shop.Data.Accounts;
using Shop.GraphQL.Host.Embedded;

namespace Shop.GraphQL.Host.Commands;

/// <summary>
/// <c>staff EMAIL [ROLE...]</c>: makes an account of staff, or says what one may do. Without roles, an account that is there gets
/// another password.
/// </summary>
internal static class StaffCommand
{
    /// <returns>0; or 2 where the words make no sense.</returns>
    public static async Task<int> RunAsync(
        string[] words,
        IServiceProvider services,
        Steps steps,
        CancellationToken cancel
    )
    {
        var roles = words.Skip(1).Select(RoleOf).ToList();
        if (words is not [var email, ..] || !EmailAddress.IsOne(email) || roles.Contains(null))
        {
            await steps.SayAsync(
                "staff EMAIL ROLE... gives an account these roles, of "
                    + $"{string.Join(", ", Enum.GetNames<StaffRole>())}; staff EMAIL gives it another password."
            );
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
            .RunAsync(
                new(
                    email,
                    roles.Count == 0 ? null : [.. roles.OfType<StaffRole>()],
                    NewPassword: roles.Count == 0
                ),
                cancel
            );
        await steps.SayAsync(
            (saved.IsNew ? $"{email} is new." : $"{email} is changed.")
                + (roles.Count == 0 ? "" : $" Roles: {string.Join(", ", roles)}.")
                + (saved.Password is { } password ? $" Password, shown only now: {password}" : "")
        );
        return 0;
    }

    private static StaffRole? RoleOf(string word) =>
        Enum.TryParse<StaffRole>(word, ignoreCase: true, out var role) && Enum.IsDefined(role) ? role : null;
}
