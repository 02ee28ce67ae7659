using Shop.Channels;
using Shop.Channels.Faults;
using Shop.Data.Accounts;
using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Payments;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Transport.Errors;

/// <summary>A node with payment channels, brought into the state that an example of docs/errors.md is about.</summary>
internal sealed class ErrorChannels(ShopFixture shop, ChannelSimulator channels, ShopNode node)
    : IAsyncDisposable
{
    private const string Begin = """
        mutation ($key: UUID!, $order: ID!, $accessKey: String!, $channel: PaymentChannelCode!) {
          paymentBegin(input: {
            idempotencyKey: $key, order: {id: $order}, accessKey: $accessKey, channel: $channel, method: WEB
          }) { payment { id } }
        }
        """;

    public ShopNode Node => node;

    public static async Task<ErrorChannels> StartAsync(ShopFixture shop)
    {
        var channels = await ChannelSimulator.StartAsync(new(RunFolder.Make("channels")));
        var node = await ShopNode.StartAsync(
            shop,
            shop.Clock,
            [
                ("Payments:Production", "false"),
                ("Payments:Sandbox", "true"),
                .. channels
                    .Settings.Where(setting => !setting.Key.Contains(":alipay:", StringComparison.Ordinal))
                    .Select(setting => (setting.Key, setting.Value)),
            ]
        );
        return new(shop, channels, node);
    }

    /// <returns>What stands in the place of the example's words.</returns>
    public async Task<(string, string)[]> PrepareAsync(string code)
    {
        var cart = await TeaPots.CartAsync(node);
        var order = (await TeaPots.PlaceAsync(node, Guid.CreateVersion7(), cart)).Order!.Value;
        await new Saga(shop).SettleAsync();
        // All examples share five tea pots.
        await ExecuteAsync<InventoryDb>("update inventory.stock set available = 5");
        await shop.ReplicaCaughtUpAsync();
        switch (code)
        {
            case "PAYMENT_OPEN":
                await BeginAsync(order, "STRIPE");
                channels.Misbehaviour.Plan(new CallScript("stripe", CallFaultKind.ErrorBefore, "close"));
                break;
            case "AMOUNT_OUT_OF_RANGE":
                await ExecuteAsync<OrdersDb>(
                    "update orders.\"order\" set subtotal_minor = 10 where status = 1"
                );
                break;
            case "CHANNEL_REFUSED":
                channels.Misbehaviour.Plan(
                    new CallScript("stripe", CallFaultKind.Refuse, "begin", Code: "account_invalid")
                );
                break;
            case "TOO_MUCH_REFUNDED":
                var payment = await BeginAsync(order, "SANDBOX");
                await ExecuteAsync<PaymentsDb>(
                    "update payments.payment set status = 7, captured_minor = amount_minor where id = (select max(id) from payments.payment)"
                );
                await shop.ReplicaCaughtUpAsync();
                return [("PAYMENT_ID", payment), ("ACCESS_TOKEN", await TokenAsync())];
            default:
                break;
        }

        return [("ORDER_ID", order.Id), ("ACCESS_KEY", order.AccessKey)];
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await channels.DisposeAsync();
    }

    private async Task<string> BeginAsync((string Id, string Number, string AccessKey) order, string channel)
    {
        var data = await node.AskAsync(
            Begin,
            new
            {
                key = Guid.CreateVersion7(),
                order = order.Id,
                accessKey = order.AccessKey,
                channel,
            }
        );
        return data.GetProperty("paymentBegin").GetProperty("payment").GetProperty("id").GetString()!;
    }

    // Of a member of staff who looks after payments.
    private async Task<string> TokenAsync()
    {
        await node.AskAsync(
            """
            mutation {
              customerRegister(input: {email: "pay@example.com", password: "swordfish", name: "Pia"}) { problems { code } }
            }
            """
        );
        await ExecuteAsync<AccountsDb>(
            "update accounts.customer set roles = '{4}' where email_key = 'pay@example.com'"
        );
        var data = await node.AskAsync(
            """mutation { signIn(input: {email: "pay@example.com", password: "swordfish"}) { accessToken } }"""
        );
        return data.GetProperty("signIn").GetProperty("accessToken").GetString()!;
    }

    private async Task ExecuteAsync<TDb>(string sql)
        where TDb : ContextDb
    {
        await using var command = shop.Get<Database<TDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
