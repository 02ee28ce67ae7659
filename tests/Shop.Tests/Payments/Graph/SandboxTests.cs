using System.Net;
using System.Text.Json;

namespace Shop.Tests.Payments.Graph;

/// <summary>Paying without money: place, pay in a browser, and see the order paid.</summary>
public sealed class SandboxTests(SandboxShop shop) : IClassFixture<SandboxShop>
{
    [Fact]
    public async Task An_order_is_offered_channels_begun_paid_in_a_browser_and_is_paid()
    {
        var order = await shop.OrderAsync();
        var begun = await shop.BeginAsync(order);
        Assert.Equal("PENDING", begun.GetProperty("payment").GetProperty("status").GetString());

        var (status, _) = await shop.PressAsync(SandboxShop.PageOf(begun), "Pay");

        Assert.Equal(HttpStatusCode.SeeOther, status);
        await shop.Saga.SettleAsync();
        await shop.Shop.ReplicaCaughtUpAsync();
        Assert.Equal("PAID 4.25 CAPTURED", await StandAsync(order));
    }

    [Theory]
    [InlineData("Decline", "AWAITING_PAYMENT 0.00 DECLINED")]
    [InlineData("PayTwice", "PAID 4.25 CAPTURED")]
    [InlineData("SayNothing", "AWAITING_PAYMENT 0.00 PENDING")]
    public async Task Each_button_does_what_it_says(string deed, string stand)
    {
        var order = await shop.OrderAsync();

        await shop.PressAsync(SandboxShop.PageOf(await shop.BeginAsync(order)), deed);

        await shop.Saga.SettleAsync();
        await shop.Shop.ReplicaCaughtUpAsync();
        Assert.Equal(stand, await StandAsync(order));
    }

    [Fact]
    public async Task A_client_that_is_back_asks_and_is_told_what_nobody_said()
    {
        var order = await shop.OrderAsync();
        var begun = await shop.BeginAsync(order);
        await shop.PressAsync(SandboxShop.PageOf(begun), "SayNothing");

        var check = await shop.Node.AskAsync(
            """
            mutation ($id: ID!, $accessKey: String) {
              paymentCheck(input: {paymentId: $id, accessKey: $accessKey}) { pollAfter payment { status } problems { code } }
            }
            """,
            new
            {
                id = begun.GetProperty("payment").GetProperty("id").GetString(),
                accessKey = order.AccessKey,
            }
        );

        Assert.Equal(
            """{"paymentCheck":{"pollAfter":null,"payment":{"status":"CAPTURED"},"problems":[]}}""",
            check.GetRawText()
        );
    }

    [Fact]
    public async Task Money_that_comes_after_the_order_was_called_off_goes_back()
    {
        var order = await shop.OrderAsync();
        var page = SandboxShop.PageOf(await shop.BeginAsync(order));
        await CancelAsync(order);
        await shop.Saga.SettleAsync();
        shop.Shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow());
        await shop.Shop.Get<Shop.Data.Payments.Findings.CheckPayments>().RunAsync(CancellationToken.None);

        await shop.PressAsync(page, "PayLate");
        await shop.Saga.SettleAsync();

        await shop.Shop.ReplicaCaughtUpAsync();
        Assert.Equal("CANCELLED 0.00 CAPTURED", await StandAsync(order));
        Assert.Equal(1, await shop.Saga.CountAsync("payments.refund where reason = 4"));
    }

    [Fact]
    public async Task A_button_works_once_and_a_page_opens_for_who_has_its_key()
    {
        var page = SandboxShop.PageOf(await shop.BeginAsync(await shop.OrderAsync()));
        using var shown = await shop.ShowAsync(page);
        var html = await shown.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "default-src 'none'",
            shown.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        var token = html.Split("name=\"token\" value=\"")[1].Split('"')[0];

        var first = await shop.PressAsync(page, "Pay", token);
        var second = await shop.PressAsync(page, "Pay", token);
        using var stranger = await shop.ShowAsync(page.Split("?k=")[0] + "?k=guessed");

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal(HttpStatusCode.NotFound, second.Status);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task A_return_address_that_the_shop_does_not_know_is_refused()
    {
        var order = await shop.OrderAsync();

        var foreign = await shop.BeginAsync(order, returnUrl: "https://evil.example/thanks");
        var own = await shop.BeginAsync(order, returnUrl: $"{shop.Node.Address}/thanks");

        Assert.Equal("INVALID_INPUT", Code(foreign));
        Assert.Equal(
            $"{shop.Node.Address}/thanks",
            $"{(await shop.PressAsync(SandboxShop.PageOf(own), "Pay")).To}"
        );
    }

    [Fact]
    public async Task A_stranger_sees_and_pays_nothing()
    {
        var order = await shop.OrderAsync();
        var begun = await shop.BeginAsync(order);
        var id = begun.GetProperty("payment").GetProperty("id").GetString();

        var stranger = await shop.BeginAsync(order with { AccessKey = "0000000000000000000000" });
        var data = await shop.Node.AskAsync(
            """
            query ($id: ID!, $order: ID!) {
              node(id: $id) { id }
              order(by: {id: $order}) { payments { id } }
              paymentOptions(order: {id: $order}) { channel }
            }
            """,
            new { id, order = order.Id }
        );

        Assert.Equal("NOT_FOUND", Code(stranger));
        Assert.Equal("""{"node":null,"order":null,"paymentOptions":[]}""", data.GetRawText());
    }

    [Fact]
    public async Task An_order_that_does_not_await_payment_is_not_paid()
    {
        var order = await shop.OrderAsync();
        await CancelAsync(order);

        Assert.Equal("NOT_ALLOWED_NOW", Code(await shop.BeginAsync(order)));
    }

    private static string? Code(JsonElement payload) =>
        payload.GetProperty("problems")[0].GetProperty("code").GetString();

    private Task<JsonElement> CancelAsync((string Id, string Number, string AccessKey) order) =>
        shop.Node.AskAsync(
            """
            mutation ($key: UUID!, $order: ID!, $accessKey: String) {
              orderCancel(input: {idempotencyKey: $key, order: {id: $order}, accessKey: $accessKey}) { problems { code } }
            }
            """,
            new
            {
                key = Guid.CreateVersion7(),
                order = order.Id,
                accessKey = order.AccessKey,
            }
        );

    [Theory]
    [InlineData("?key=1", 10, HttpStatusCode.Unauthorized)]
    [InlineData("", (256 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("", 256 * 1024, HttpStatusCode.Unauthorized)]
    public async Task A_notice_comes_to_a_bare_address_and_is_not_too_long(
        string query,
        int length,
        HttpStatusCode status
    )
    {
        using var client = new HttpClient();
        using var body = new ByteArrayContent(new byte[length]);

        using var answer = await client.PostAsync(
            new Uri(shop.Node.Address, $"/payments/notify/sandbox/sandbox{query}"),
            body
        );

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<string> StandAsync((string Id, string Number, string AccessKey) order)
    {
        var data = await shop.Node.AskAsync(
            "query ($id: ID!, $key: String) { order(by: {id: $id}, accessKey: $key) { status paid { amount } payments { status } } }",
            new { id = order.Id, key = order.AccessKey }
        );
        var stand = data.GetProperty("order");
        return $"{stand.GetProperty("status")} {stand.GetProperty("paid").GetProperty("amount")} "
            + string.Join(
                ' ',
                stand
                    .GetProperty("payments")
                    .EnumerateArray()
                    .Select(payment => payment.GetProperty("status"))
            );
    }
}
