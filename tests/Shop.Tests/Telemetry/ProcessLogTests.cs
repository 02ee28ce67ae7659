using System.Net.Http.Json;
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
    private const string OrderPlace =
        "mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { replayed } }";

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

    [Fact]
    public async Task What_is_secret_to_a_client_is_in_no_line()
    {
        var secrets = Enumerable
            .Range(1, 12)
            .Select(number => $"planted{number}x{Guid.CreateVersion7():n}")
            .ToList();
        using var web = await WebProcess.OpenAsync(
            shop,
            ("Logging__Json", "true"),
            ("Logging__LogLevel__Default", "Information")
        );
        var email = $"{secrets[0]}@example.com";
        var cart = await web.AskAsync("mutation { cartCreate(input: {}) { cart { id } } }");
        var order = new
        {
            cartId = JsonDocument
                .Parse(cart)
                .RootElement.GetProperty("data")
                .GetProperty("cartCreate")
                .GetProperty("cart")
                .GetProperty("id")
                .GetString()!,
            idempotencyKey = Guid.CreateVersion7(),
            email,
            shippingAddress = new
            {
                name = secrets[2],
                line1 = secrets[3],
                city = "London",
                postalCode = "SW1Y 4JH",
                countryCode = "GB",
            },
        };

        await TellAllAsync(web, email, secrets);
        // A fault of ours, with all that PostgreSQL says of it.
        await ExecuteAsync("alter table orders.idempotency_key rename to away");
        await SendAsync(web, OrderPlace, new { input = order });
        await ExecuteAsync("alter table orders.away rename to idempotency_key");
        var written = await web.EndAsync();

        secrets.Add(order.cartId);
        Assert.Contains(
            written,
            line => line.Contains("\"event\":\"FieldFailed\"", StringComparison.Ordinal)
        );
        Assert.All(
            secrets,
            secret => Assert.DoesNotContain(written, line => line.Contains(secret, StringComparison.Ordinal))
        );
    }

    private static async Task TellAllAsync(WebProcess web, string email, List<string> secrets)
    {
        await SendAsync(
            web,
            "mutation ($input: CustomerRegisterInput!) { customerRegister(input: $input) { problems { code } } }",
            new
            {
                input = new
                {
                    name = secrets[10],
                    email,
                    password = secrets[1],
                },
            }
        );
        await SendAsync(
            web,
            "mutation ($input: SignInInput!) { signIn(input: $input) { problems { code } } }",
            new { input = new { email, password = secrets[4] } }
        );
        await SendAsync(
            web,
            "mutation ($input: TokenRefreshInput!) { tokenRefresh(input: $input) { problems { code } } }",
            new { input = new { refreshToken = secrets[5] } }
        );
        await SendAsync(web, $$"""{ cart(id: "{{secrets[6]}}") { id } }""");
        await SendAsync(
            web,
            $$"""{ order(by: {number: "S-7K2M-9QXT"}, accessKey: "{{secrets[7]}}") { id } }"""
        );
        await SendAsync(web, $"{{ {secrets[8]} !");
        await SendAsync(web, OrderPlace, new { input = new { email = secrets[9] } });
        using (await web.Client.GetAsync($"/graphql?query={{cart(id:\"{secrets[6]}\"){{id}}}}")) { }
        using (var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}"))
        {
            request.Headers.Add("Authorization", $"Bearer {secrets[11]}");
            using var refused = await web.Client.SendAsync(request);
        }
    }

    private static async Task SendAsync(WebProcess web, string query, object? variables = null)
    {
        using var answer = await web.Client.PostAsJsonAsync("/graphql", new { query, variables });
    }

    private static bool IsGraphRequest(JsonElement line) =>
        Is(line, "event", "ExecutingEndpoint")
        && line.GetProperty("msg").ToString().Contains("/graphql", StringComparison.Ordinal);

    private static bool Is(JsonElement line, string name, string value) =>
        line.TryGetProperty(name, out var told) && told.ToString() == value;

    private Task WriteMessageThatFailsAsync() =>
        ExecuteAsync(
            $"""
            insert into orders.local_message
                (topic, receiver, key, payload, traceparent, next_attempt_at, created_at, updated_at)
            values ('inventory.deduct', 'inventory', 1, '[]', '{Click}', now(), now(), now())
            """
        );

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<OrdersDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
