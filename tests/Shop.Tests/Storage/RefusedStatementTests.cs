using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Data.Storage.Preparing;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

/// <summary>
/// PostgreSQL refuses U+0000 in a text when it binds it: after it has parsed the statement, and before it has told its columns.
/// </summary>
public sealed class RefusedStatementTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncDisposable
{
    private const string Refused = "a\0b";

    private static readonly Dictionary<string, Func<Database<OrdersDb>, string, Task<string>>> _ways = new()
    {
        ["EF Core"] = ReadAsync,
        ["EF Core, when it has prepared all it may"] = ReadUnpreparedAsync,
        ["a command"] = CommandAsync,
        ["a prepared batch"] = BatchAsync,
    };

    private readonly DataSources _sources = new();

    /// <summary>How it is asked, and at which use it is refused: one of them is the use that prepares it.</summary>
    public static MatrixTheoryData<string, int> Uses => new(_ways.Keys, [1, 2, 3, 4]);

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task What_one_client_is_refused_leaves_the_connection_to_the_next(string way, int refusedAt)
    {
        var database = OneConnection();
        for (var use = 1; use <= 5; use++)
        {
            if (use == refusedAt)
            {
                await Assert.ThrowsAsync<PostgresException>(() => _ways[way](database, Refused));
            }
            else
            {
                Assert.Equal("good", await _ways[way](database, "good"));
            }
        }
    }

    [Fact]
    public async Task What_is_read_again_and_again_is_parsed_once()
    {
        var database = OneConnection();
        for (var use = 1; use <= 4; use++)
        {
            await ReadAsync(database, "good");
        }

        await using var db = database.OpenPrimary();
        Assert.Equal(
            3,
            await db
                .Database.SqlQuery<long>(
                    $"""
                    select generic_plans + custom_plans as "Value" from pg_prepared_statements
                    where statement like 'select $1 as %'
                    """
                )
                .SingleAsync()
        );
    }

    public ValueTask DisposeAsync() => _sources.DisposeAsync();

    private Database<OrdersDb> OneConnection()
    {
        var one = new NpgsqlConnectionStringBuilder(shop.Postgres) { MaxPoolSize = 1 }.ConnectionString;
        return new(_sources.Of(one), _sources.WarmOf(one), _sources.LoneOf(one));
    }

    private static async Task<string> ReadAsync(Database<OrdersDb> database, string text)
    {
        await using var db = database.OpenPrimary();
        return (await db.Database.SqlQuery<string>($"select {text} as \"Value\"").ToListAsync()).Single();
    }

    // What is asked twice before it takes the places.
    private static async Task<string> ReadUnpreparedAsync(Database<OrdersDb> database, string text)
    {
        await using var db = database.OpenPrimary();
        for (var other = 0; other < 2 * PrepareRepeated.MaxPrepared; other++)
        {
            var statement = $"select '{new string('x', 1 + other / 2)}' as \"Value\"";
            await db.Database.SqlQueryRaw<string>(statement).ToListAsync();
        }

        return await ReadAsync(database, text);
    }

    private static async Task<string> CommandAsync(Database<OrdersDb> database, string text) =>
        (await database.Primary.ScalarAsync<string>($"select {Sql.Value(text)}", CancellationToken.None))!;

    private static async Task<string> BatchAsync(Database<OrdersDb> database, string text)
    {
        await using var connection = await database.Primary.OpenConnectionAsync();
        await using var batch = connection.CreateBatch([Sql.Batched($"select {Sql.Value(text)}")]);
        await batch.PrepareAsync();
        return (string)(await batch.ExecuteScalarAsync())!;
    }
}
