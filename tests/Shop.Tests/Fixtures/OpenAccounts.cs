using Npgsql;
using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Tests.Fixtures;

/// <summary>Accounts for tests that are about something else: nobody signs in to them.</summary>
internal static class OpenAccounts
{
    /// <summary>Opens an account for each; repeated, it changes nothing. Replicas show them when it returns.</summary>
    public static async Task OpenAccountsAsync(this ShopFixture shop, params CustomerId[] customers)
    {
        await using var command = shop.Get<Database<AccountsDb>>()
            .Primary.CreateCommand(
                """
                insert into accounts.customer (id, email, email_key, name, password_hash, roles, version, created_at)
                select id, mail, mail, 'Somebody', '', '{}', 1, $2
                from unnest($1) as c(id), format('%s@example.com', id) as mail
                on conflict do nothing
                """
            );
        command.Parameters.Add(
            new NpgsqlParameter<long[]> { TypedValue = [.. customers.Select(id => id.Value)] }
        );
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = shop.Clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync();
        await shop.ReplicaCaughtUpAsync();
    }
}
