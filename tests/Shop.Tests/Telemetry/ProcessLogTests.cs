using System.Text.Json;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>What a web host writes to its console from its start to its end, as the collector of a container's log gets it.</summary>
public sealed class ProcessLogTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Click = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const int Requests = 500;

    [Fact]
    public async Task Every_line_is_JSON_and_none_is_lost_while_no_one_reads()
    {
        await WriteMessageThatFailsAsync();
        using var web = await WebProcess.OpenAsync(
            shop,
            ("Logging__Json", "true"),
            ("Logging__LogLevel__Default", "Information")
        );
        for (var sent = 0; sent < Requests; sent++)
        {
            await web.AskAsync("{ __typename }");
        }

        await Eventually.TrueAsync(
            shop,
            "select bool_and(attempts > 0 and lease_owner is null) from orders.local_message"
        );
        var written = await web.EndAsync();

        var lines = written.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Requests, lines.Count(IsGraphRequest));
        // More than the pipe holds: they have waited in the host.
        Assert.InRange(written.Sum(line => line.Length), 100_000, int.MaxValue);
        Assert.All(lines, line => Assert.Equal("shop-web", line.GetProperty("service").GetString()));
        var failed = lines.First(line => Is(line, "event", "DeliveryFailed"));
        Assert.Equal(Click.Split('-')[1], failed.GetProperty("trace_id").GetString());
        Assert.Equal(
            "System.Text.Json.JsonException",
            failed.GetProperty("exception").GetProperty("type").GetString()
        );
    }

    private static bool IsGraphRequest(JsonElement line) =>
        Is(line, "event", "ExecutingEndpoint")
        && line.GetProperty("msg").ToString().Contains("/graphql", StringComparison.Ordinal);

    private static bool Is(JsonElement line, string name, string value) =>
        line.TryGetProperty(name, out var told) && told.ToString() == value;

    private async Task WriteMessageThatFailsAsync()
    {
        await using var write = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand(
                $"""
                insert into orders.local_message
                    (topic, receiver, key, payload, traceparent, next_attempt_at, created_at, updated_at)
                values ('inventory.deduct', 'inventory', 1, '[]', '{Click}', now(), now(), now())
                """
            );
        await write.ExecuteNonQueryAsync();
    }
}
