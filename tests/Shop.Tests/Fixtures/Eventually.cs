using Npgsql;
using Shop.Data.Orders;
using Shop.Data.Storage;

namespace Shop.Tests.Fixtures;

/// <summary>Waits for what other processes and threads do, as it shows in the database.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns once a question is answered with true; fails the test if it is not for two minutes.</summary>
    /// <param name="shop">Whose primary is asked.</param>
    /// <param name="question">SQL; it may name tables that are still to be made.</param>
    public static Task TrueAsync(ShopFixture shop, string question) =>
        TrueAsync(cancel => AskAsync(shop, question, cancel), question);

    /// <summary>The same for what no database tells.</summary>
    public static Task TrueAsync(Func<Task<bool>> question) => TrueAsync(_ => question(), "what was asked");

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}})"/>
    public static Task TrueAsync(Func<bool> question) =>
        TrueAsync(_ => Task.FromResult(question()), "what was asked");

    private static async Task TrueAsync(Func<CancellationToken, Task<bool>> ask, string question)
    {
        using var patience = new CancellationTokenSource(_patience);
        using var look = new PeriodicTimer(_look);
        while (!await ask(patience.Token))
        {
            try
            {
                await look.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Never came true: {question}");
            }
        }
    }

    private static async Task<bool> AskAsync(ShopFixture shop, string question, CancellationToken cancel)
    {
        try
        {
            await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(question);
            return await command.ExecuteScalarAsync(cancel) is true;
        }
        catch (PostgresException notYet) when (notYet.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }
}
