using Shop.Data.Telemetry;

namespace Shop.Tests.Telemetry;

/// <summary>What the spans of statements are called.</summary>
public sealed class StatementNamesTests
{
    [Theory]
    [InlineData(
        "select id, status from orders.\"order\" where id = $1 for update of o",
        "SELECT orders.order"
    )]
    [InlineData("SELECT p.id FROM catalog.product AS p", "SELECT catalog.product")]
    [InlineData("insert into orders.shipment (order_id) values ($1)", "INSERT orders.shipment")]
    [InlineData("DELETE FROM carts.kept WHERE id = @p0", "DELETE carts.kept")]
    [InlineData(
        "with s as (select * from unnest($1) as s(id)), m as (update orders.\"order\" o set status = 1 from s) insert into orders.order_event (id) select id from s",
        "UPDATE orders.order"
    )]
    [InlineData(
        "with fresh as (insert into orders.idempotency_key (key) values ($1) on conflict do nothing) insert into orders.\"order\" (id) select id from fresh",
        "INSERT orders.order"
    )]
    [InlineData(
        "insert into accounts.idempotency_key (key) values ($1) on conflict (key) do update set key = excluded.key",
        "INSERT accounts.idempotency_key"
    )]
    [InlineData("select pg_current_wal_lsn()::text", "SELECT")]
    [InlineData("notify orders_messages", "NOTIFY")]
    [InlineData("begin", "BEGIN")]
    [InlineData("", "")]
    public void Verb_and_table(string sql, string name) => Assert.Equal(name, StatementNames.Of(sql));
}
