using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Data.Storage.Faults;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

/// <summary>A connection that PostgreSQL ends in the middle of a transaction.</summary>
public sealed class LostConnectionTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Each_statement_that_follows_is_an_outage()
    {
        var database = shop.Get<Database<OrdersDb>>();
        await using var db = database.OpenPrimary();
        await db.Database.OpenConnectionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await database.Primary.ExecuteAsync(
            $"select pg_terminate_backend({Sql.Value(connection.ProcessID)})",
            default
        );

        foreach (var next in new[] { Statement, Statement, Query, Commit })
        {
            var fault = await Record.ExceptionAsync(next);
            Assert.True(fault is not null && Outage.Is(fault), $"{fault}");
        }

        Task Statement() => connection.ExecuteAsync($"select 1", default);
        Task Query() => db.Orders.AnyAsync();
        Task Commit() => transaction.CommitAsync();
    }
}
