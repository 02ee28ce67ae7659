using Npgsql;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

public sealed class WarmConnectionTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    // Events of no order: PostgreSQL takes the table for tiny, and by itself would read all of it.
    private const string ByKey = "select from orders.order_event where order_id = any('{1, 2, 3}')";

    [Fact]
    public async Task An_empty_table_is_read_by_its_key()
    {
        var database = shop.Get<Database<OrdersDb>>();

        Assert.DoesNotContain("Index Scan", await PlanAsync(database.Primary), StringComparison.Ordinal);
        Assert.StartsWith("Index", await PlanAsync(database.WarmPrimary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_is_planned_once_however_short_its_array()
    {
        await using var connection = await shop.Get<Database<OrdersDb>>().WarmPrimary.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "select version from orders.\"order\" where id = any($1)",
            connection
        );
        command.Parameters.Add(Sql.Value(new long[] { 1 }));
        await command.PrepareAsync();
        for (var read = 0; read < 3; read++)
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var plans = new NpgsqlCommand(
            "select generic_plans, custom_plans from pg_prepared_statements where statement = $1",
            connection
        );
        plans.Parameters.Add(Sql.Value(command.CommandText));
        await using var row = await plans.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal((3L, 0L), (row.GetInt64(0), row.GetInt64(1)));
    }

    private static async Task<string> PlanAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand($"explain {ByKey}");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
