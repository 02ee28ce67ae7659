using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Data.Storage.Migrating;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Host.Embedded;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

/// <summary>A shop of this class alone, whose replica hears of nothing any more.</summary>
public sealed class OwnWritesTests : IAsyncLifetime
{
    private const string Session = "accessToken refreshToken customer { id }";
    private const string Address =
        """{name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}""";
    private const string Buyer = $"email: \"ada@example.com\", shippingAddress: {Address}";

    private readonly RedisServer _redis = RedisServer.StartEmbedded();
    private readonly HttpClient _http = new();
    private readonly HashSet<string> _done = [];
    private TownPostgres _postgres = null!;
    private ShopNode _node = null!;
    private Caller _staff = null!;
    private string _promotion = "";

    [Fact]
    public async Task Every_id_that_a_mutation_returns_can_be_read_by_its_caller_at_once()
    {
        var product = await StaffAsync();
        var guest = new Caller(_http, _node.Address, Token: null);
        var lines = $"lines: [{{variant: {{sku: \"{Text(product, "sku")}\"}}, quantity: 1}}]";
        var (ada, customer) = await AccountAsync(guest);
        var (cart, order) = await BuyAsync(ada, lines);
        await ClaimAsync(guest, ada, lines, cart);
        var payment = await PayAsync(ada, order);
        await StaffAsync(customer, order, payment);

        Assert.Equal(WithNodes().Order(), _done.Order());
    }

    [Fact]
    public async Task What_staff_has_counted_is_what_they_read()
    {
        var variant = (await StaffAsync()).GetProperty("id").GetString()!;
        for (var count = 1; count <= 20; count++)
        {
            await DoAsync(
                _staff,
                "stockSet",
                $"{Key} variant: {{id: \"{variant}\"}}, available: {count}",
                "variant { id }"
            );
            var seen = await _staff.AskAsync(
                "query ($id: ID!) { productVariant(by: {id: $id}) { stock { available } availability { available } } }",
                new { id = variant }
            );

            var sku = seen.GetProperty("productVariant");
            Assert.Equal(count, sku.GetProperty("stock").GetProperty("available").GetInt32());
            Assert.Equal(count, sku.GetProperty("availability").GetProperty("available").GetInt32());
        }
    }

    /// <summary>Makes what is sold; returns a SKU of it.</summary>
    private async Task<JsonElement> StaffAsync()
    {
        await DoAsync(_staff, "categorySave", "title: \"Pots\"", "category { id }");
        var saved = await DoAsync(
            _staff,
            "productSave",
            $"{Key} title: \"Pot\", status: ACTIVE, variants: [{{sku: \"{Guid.NewGuid()}\", price: \"4.50\"}}]",
            "product { id variants { nodes { id sku } } }"
        );
        var other = await DoAsync(
            _staff,
            "productSave",
            $"{Key} title: \"Old pot\", status: ACTIVE, variants: [{{sku: \"{Guid.NewGuid()}\", price: \"4.50\"}}]",
            "product { id }"
        );
        await DoAsync(
            _staff,
            "productArchive",
            $"product: {{id: \"{Id(other, "product")}\"}}",
            "product { id }"
        );
        var variant = saved.GetProperty("product").GetProperty("variants").GetProperty("nodes")[0];
        var by = $"variant: {{id: \"{variant.GetProperty("id").GetString()}\"}}";
        await DoAsync(_staff, "stockSet", $"{Key} {by}, available: 5", "variant { id }");
        await DoAsync(_staff, "stockAdjust", $"{Key} {by}, by: 2, reason: \"Found\"", "variant { id }");
        await PromotionAsync();
        await PriceListAsync(by);
        await SearchAsync();
        await DoAsync(
            _staff,
            "taxZoneSave",
            $"{Key} title: \"South\", countries: [\"AQ\"], rates: [{{name: \"VAT\", percent: \"5\"}}]",
            "taxZone { id }"
        );
        await DoAsync(
            _staff,
            "shippingZoneSave",
            $"{Key} zone: {{title: \"Here\", countries: [\"GB\"]}}",
            "zone { id }"
        );
        await DoAsync(
            _staff,
            "shippingMethodSave",
            $"{Key} method: {{title: \"Post\", isActive: false, by: FLAT, rates: []}}",
            "method { id }"
        );
        var started = await DoAsync(
            _staff,
            "catalogImport",
            $"{Key} url: \"https://feeds.example.com/{Guid.NewGuid()}.csv\", onError: REFUSE_FAILED_ROWS",
            "import { id }"
        );
        await DoAsync(
            _staff,
            "catalogImportCancel",
            $"importId: \"{Id(started, "import")}\"",
            "import { id }"
        );
        return variant;
    }

    /// <summary>Has an index built, as far as it goes without jobs, and goes back to it; and says what means the same.</summary>
    private async Task SearchAsync()
    {
        await ExecuteAsync(
            TargetSessionAttributes.Primary,
            "update search.clock set filled_to = null, as_of = now()"
        );
        var built = await DoAsync(_staff, "searchRebuild", Key, "index { id }");
        await ExecuteAsync(TargetSessionAttributes.Primary, "update search.engine_index set state = 'Old'");
        await DoAsync(_staff, "searchRollback", $"indexId: \"{Id(built, "index")}\"", "index { id }");
        await DoAsync(_staff, "synonymSave", "words: [\"sofa\", \"couch\"]", "synonym { id }");
    }

    /// <summary>Has a SKU cost something else.</summary>
    private async Task PriceListAsync(string by)
    {
        await DoAsync(
            _staff,
            "exchangeRateSet",
            $"{Key} currencyCode: EUR, rate: \"1.1735\"",
            "exchangeRate { id }"
        );
        var saved = await DoAsync(
            _staff,
            "priceListSave",
            $"{Key} priceList: {{title: \"Spring\", currencyCode: GBP, customerGroup: \"trade\"}}",
            "priceList { id }"
        );
        await DoAsync(
            _staff,
            "priceListPricesSet",
            $"{Key} priceListId: \"{Id(saved, "priceList")}\", prices: [{{{by}, price: \"4.00\"}}]",
            "priceList { id }"
        );
    }

    /// <summary>Plans a promotion with a code.</summary>
    private async Task PromotionAsync()
    {
        var saved = await DoAsync(
            _staff,
            "promotionSave",
            $"{Key} promotion: {{title: \"Sale\", needsCode: true, action: {{orderPercent: {{percent: \"5\"}}}}}}",
            "promotion { id }"
        );
        _promotion = Id(saved, "promotion");
        await DoAsync(
            _staff,
            "promotionCodesCreate",
            $"{Key} promotionId: \"{_promotion}\", codes: {{named: [\"SALE\"]}}",
            "promotion { id }"
        );
    }

    /// <summary>Makes an account and signs in, in each way; returns its owner.</summary>
    private async Task<(Caller Ada, string Customer)> AccountAsync(Caller guest)
    {
        const string Login = "email: \"ada@example.com\", password: \"correct horse battery\"";
        var made = await SessionAsync(guest, "customerRegister", $"{Login}, name: \"Ada\"");
        var again = await SessionAsync(guest, "signIn", Login);
        var token = Text(again, "refreshToken");
        var session = await SessionAsync(guest, "tokenRefresh", $"refreshToken: \"{token}\"");
        var ada = guest with { Token = Text(session, "accessToken") };
        await DoAsync(ada, "viewerUpdate", "name: \"Ada Lovelace\"", "customer { id }");
        await DoAsync(
            ada,
            "passwordChange",
            "oldPassword: \"correct horse battery\", newPassword: \"battery horse correct\"",
            "customer { id }"
        );
        var saved = await DoAsync(
            ada,
            "addressSave",
            $"address: {Address}",
            "address { key: id } customer { id }"
        );
        var address = Text(saved.GetProperty("address"), "key");
        await DoAsync(ada, "addressRemove", $"addressId: \"{address}\"", "customer { id }");
        return (ada, Id(made, "customer"));
    }

    /// <summary>Fills a cart in each way and orders it.</summary>
    private async Task<(string Cart, string Order)> BuyAsync(Caller ada, string lines)
    {
        var made = await DoAsync(ada, "cartCreate", lines, "cart { id lines { key: id } }");
        var line = Text(made.GetProperty("cart").GetProperty("lines")[0], "key");
        var cart = $"cartId: \"{Id(made, "cart")}\"";
        var three = $"lines: [{{lineId: \"{line}\", quantity: 3}}]";
        await DoAsync(ada, "cartLinesAdd", $"{cart}, {lines}", "cart { id }");
        await DoAsync(ada, "cartLinesUpdate", $"{cart}, {three}", "cart { id }");
        await DoAsync(ada, "cartLinesSelect", $"{cart}, selected: true", "cart { id }");
        await DoAsync(ada, "cartCodeAdd", $"{cart}, code: \"sale\"", "cart { id }");
        await DoAsync(ada, "cartCodeRemove", $"{cart}, code: \"sale\"", "cart { id }");
        await DoAsync(ada, "cartDestinationSet", $"{cart}, countryCode: \"GB\"", "cart { id }");
        await DoAsync(ada, "cartShippingSelect", cart, "cart { id }");
        var placed = await DoAsync(ada, "orderPlace", $"{Key} {cart}, {Buyer}", "order { id }");
        await DoAsync(ada, "cartLinesRemove", $"{cart}, lineIds: [\"{line}\"]", "cart { id }");
        return (cart, Id(placed, "order"));
    }

    /// <summary>Orders as a guest, and claims it.</summary>
    private async Task ClaimAsync(Caller guest, Caller ada, string lines, string cart)
    {
        var made = await DoAsync(guest, "cartCreate", lines, "cart { id }");
        var from = $"\"{Id(made, "cart")}\"";
        var placed = await guest.AskAsync(
            $"mutation {{ orderPlace(input: {{{Key} cartId: {from}, {Buyer}}}) {{ accessKey order {{ id }} }} }}"
        );
        var bought = placed.GetProperty("orderPlace");
        var (order, key) = ($"{{id: \"{Id(bought, "order")}\"}}", Text(bought, "accessKey"));
        var seen = await guest.AskAsync($"{{ order(by: {order}, accessKey: \"{key}\") {{ id }} }}");
        Assert.Equal(Id(bought, "order"), Id(seen, "order"));
        await DoAsync(ada, "orderClaim", $"order: {order}, accessKey: \"{key}\"", "order { id }");
        await DoAsync(ada, "orderCancel", $"{Key} order: {order}", "order { id }");
        await DoAsync(ada, "cartMerge", $"{cart}, fromCartId: {from}", "cart { id }");
    }

    /// <summary>Begins to pay an order in each way; returns the last try.</summary>
    private async Task<string> PayAsync(Caller ada, string order)
    {
        // No jobs run here: its stock counts as deducted.
        await ExecuteAsync(
            TargetSessionAttributes.Primary,
            $"update orders.\"order\" set status = 1, version = 2, payment_due_at = now() + interval '1 hour' where id = {Number(order)}"
        );
        var first = Id(await BeginAsync(ada, order), "payment");
        await DoAsync(ada, "paymentCheck", $"paymentId: \"{first}\"", "payment { id }");
        await DoAsync(ada, "paymentCancel", $"paymentId: \"{first}\"", "payment { id }");
        return Id(await BeginAsync(ada, order), "payment");
    }

    private Task<JsonElement> BeginAsync(Caller ada, string order) =>
        DoAsync(
            ada,
            "paymentBegin",
            $"{Key} order: {{id: \"{order}\"}}, channel: SANDBOX, method: WEB",
            "payment { id }"
        );

    private async Task StaffAsync(string customer, string order, string payment)
    {
        await DoAsync(
            _staff,
            "customerRolesSet",
            $"customerId: \"{customer}\", roles: [STOCK]",
            "customer { id }"
        );
        await DoAsync(
            _staff,
            "customerGroupsSet",
            $"customerId: \"{customer}\", groups: [\"trade\"]",
            "customer { id }"
        );
        await DoAsync(
            _staff,
            "customerTaxExemptionSet",
            $"customerId: \"{customer}\", exemption: {{kind: EXEMPT, countryCode: \"GB\", number: \"7\"}}",
            "customer { id }"
        );
        await PaidInPartsAsync(payment);
        await ExecuteAsync(
            TargetSessionAttributes.Primary,
            $"update orders.\"order\" set status = 2 where id = {Number(order)}"
        );
        await DoAsync(_staff, "orderShip", $"{Key} order: {{id: \"{order}\"}}", "order { id }");
        await DoAsync(_staff, "orderDeliver", $"{Key} order: {{id: \"{order}\"}}", "order { id }");
        await DoAsync(_staff, "promotionPause", $"{Key} id: \"{_promotion}\"", "promotion { id }");
    }

    /// <summary>What staff does with a payment: the channels are not asked here, but for the sandbox's page.</summary>
    private async Task PaidInPartsAsync(string payment)
    {
        var by = $"paymentId: \"{payment}\"";
        await DoAsync(_staff, "paymentVoid", by, "payment { id }");
        await ExecuteAsync(
            TargetSessionAttributes.Primary,
            $"update payments.payment set status = 7, captured_minor = amount_minor where id = {Number(payment)}"
        );
        var refunded = await DoAsync(
            _staff,
            "paymentRefund",
            $"{Key} {by}, amount: \"1.00\", reason: GOODWILL, goodsBack: false",
            "payment { id refunds { id } }"
        );
        var refund = refunded.GetProperty("payment").GetProperty("refunds")[0].GetProperty("id").GetString()!;
        await ExecuteAsync(
            TargetSessionAttributes.Primary,
            $"update payments.refund set status = 4 where id = {Number(refund)}; update payments.payment set refunding_minor = 0"
        );
        await DoAsync(_staff, "refundRetry", $"{Key} refundId: \"{refund}\"", "payment { id }");
        // The sandbox holds no money: it is said so, and no id is told.
        _done.Add("paymentCapture");
        var captured = await _staff.AskAsync(
            $"mutation {{ paymentCapture(input: {{{Key} {by}}}) {{ problems {{ code }} }} }}"
        );
        Assert.Equal(
            """{"paymentCapture":{"problems":[{"code":"NOT_ALLOWED_NOW"}]}}""",
            captured.GetRawText()
        );
    }

    private static string Number(string id) => GlobalId.Parse(id).Key;

    public async ValueTask InitializeAsync()
    {
        _postgres = await TownPostgres.StartAsync(
            RunFolder.Make("writers"),
            PostgresSettings.Disposable,
            CancellationToken.None
        );
        using (var host = ShopHost.Build(_postgres.ConnectionString, _redis.ConnectionString))
        {
            await host.Services.GetRequiredService<Tables>().MigrateAsync(CancellationToken.None);
        }

        _node = await ShopNode.StartAsync(
            _postgres.ConnectionString,
            _redis.ConnectionString,
            TimeProvider.System,
            ("Catalog:Import:Sources", "https://feeds.example.com/"),
            // Nobody is there, and nobody is asked.
            ("Search:Elastic:Nodes:0", "http://127.0.0.1:9"),
            ("Payments:Production", "false"),
            ("Payments:Sandbox", "true")
        );
        var staff = await _node
            .Get<SaveStaff>()
            .RunAsync(new("staff@example.com", [StaffRole.Admin], NewPassword: true), CancellationToken.None);
        await Replica.CatchUpAsync(_postgres.ConnectionString);
        await ExecuteAsync(TargetSessionAttributes.Standby, "select pg_wal_replay_pause()");

        _staff = new(_http, new(_node.Address + "/admin"), Token: null);
        var session = await _staff.AskAsync(
            $"mutation {{ signIn(input: {{email: \"staff@example.com\", password: \"{staff.Password}\"}}) {{ accessToken }} }}"
        );
        _staff = _staff with { Token = Text(session.GetProperty("signIn"), "accessToken") };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.DisposeAsync();
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private static string Key => $"idempotencyKey: \"{Guid.NewGuid()}\",";

    private static string Text(JsonElement payload, string field) => payload.GetProperty(field).GetString()!;

    private static string Id(JsonElement payload, string field) => Text(payload.GetProperty(field), "id");

    /// <summary>Runs a mutation and reads all ids of its payload, as the same caller.</summary>
    private async Task<JsonElement> DoAsync(Caller caller, string field, string input, string selection)
    {
        var payload = await RunAsync(caller, field, input, selection);
        await ReadAsync(caller, payload);
        return payload;
    }

    /// <summary>The same, as the customer whom the mutation has signed in.</summary>
    private async Task<JsonElement> SessionAsync(Caller caller, string field, string input)
    {
        var payload = await RunAsync(caller, field, input, Session);
        await ReadAsync(caller with { Token = Text(payload, "accessToken") }, payload);
        return payload;
    }

    private async Task<JsonElement> RunAsync(Caller caller, string field, string input, string selection)
    {
        _done.Add(field);
        var data = await caller.AskAsync(
            $"mutation {{ {field}(input: {{{input}}}) {{ {selection} problems {{ code message field }} }} }}"
        );
        var payload = data.GetProperty(field);
        Assert.Equal("[]", payload.GetProperty("problems").GetRawText());
        return payload;
    }

    private static async Task ReadAsync(Caller caller, JsonElement payload)
    {
        var ids = IdsIn(payload).ToList();
        Assert.NotEmpty(ids);
        foreach (var id in ids)
        {
            var found = await caller.AskAsync("query ($id: ID!) { node(id: $id) { id } }", new { id });
            Assert.Equal($$$"""{"node":{"id":"{{{id}}}"}}""", found.GetRawText());
        }
    }

    private static IEnumerable<string> IdsIn(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .SelectMany(member =>
                    member.Name == "id" ? [member.Value.GetString()!] : IdsIn(member.Value)
                ),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(IdsIn),
            _ => [],
        };

    /// <summary>The mutations whose payload holds something that can be fetched by its id.</summary>
    private IEnumerable<string> WithNodes()
    {
        var schema = _node.GetKeyed<GraphEngine>(Audience.Staff).Schema;
        return schema
            .Mutation!.Fields.Where(field =>
                ((IComplexGraphType)field.ResolvedType!.GetNamedType()).Fields.Any(part =>
                    part.ResolvedType!.GetNamedType() is IObjectGraphType type
                    && type.ResolvedInterfaces.Any(one => one.Name == "Node")
                )
            )
            .Select(field => field.Name);
    }

    private async Task ExecuteAsync(TargetSessionAttributes server, string sql)
    {
        await using var servers = new NpgsqlDataSourceBuilder(
            _postgres.ConnectionString + ";Pooling=false"
        ).BuildMultiHost();
        await using var command = servers.WithTargetSession(server).CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A client over HTTP.</summary>
    private sealed record Caller(HttpClient Http, Uri Address, string? Token)
    {
        public async Task<JsonElement> AskAsync(string query, object? variables = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address)
            {
                Content = JsonContent.Create(new { query, variables }),
            };
            request.Headers.Authorization = Token is null
                ? null
                : new AuthenticationHeaderValue("Bearer", Token);
            using var response = await Http.SendAsync(request);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.False(answer.TryGetProperty("errors", out var errors), $"{query}: {errors}");
            return answer.GetProperty("data");
        }
    }
}
