using Shop.Data.Accounts;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// The account with which a developer opens staff's side of a shop that brings its own stores. It gets a new password at every
/// start, which is shown and nowhere written down; an old one opens nothing.
/// </summary>
internal static class DevelopmentStaff
{
    /// <summary>No mail reaches it: <c>localhost</c> is no domain on the net.</summary>
    public const string Email = "staff@shop.localhost";

    /// <summary>Makes it, or gives it another password, which ends its sessions.</summary>
    /// <returns>The password.</returns>
    public static async Task<string> OpenAsync(IServiceProvider services, CancellationToken cancel)
    {
        var saved = await services
            .GetRequiredService<SaveStaff>()
            .RunAsync(new(Email, [StaffRole.Admin], NewPassword: true), cancel);
        return saved.Password!;
    }

    /// <summary>Refuses to open a shop of others that has it.</summary>
    /// <exception cref="CannotStartException">It has: its stores were a developer's.</exception>
    public static async Task RefuseAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (await services.GetRequiredService<Credentials>().AreKnownAsync(Email, cancel))
        {
            throw new CannotStartException(
                $"""
                These stores have the account of development, {Email}: an admin whom nobody answers for. The shop does not open
                with it. Make accounts of your own with ./shop staff EMAIL ROLE..., then take it out of PostgreSQL:

                  delete from accounts.customer where email_key = '{Email}';
                """
            );
        }
    }
}
