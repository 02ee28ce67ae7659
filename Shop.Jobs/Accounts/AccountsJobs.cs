using Shop.Data.Accounts;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Accounts;

/// <summary>What Accounts does later.</summary>
internal static class AccountsJobs
{
    public static void Describe(ContextJobs accounts) =>
        accounts.Repeats<ForgetSessions>(
            "forget-sessions",
            ContextJobs.Hourly,
            (forget, cancel) => forget.RunAsync(cancel)
        );
}
