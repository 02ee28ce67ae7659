using System.Net;

namespace Shop.Tests.Fixtures;

/// <summary>The whole program answers.</summary>
public sealed class OpenShopTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task A_shop_that_is_open_is_live_ready_and_answers_clients()
    {
        Assert.Equal(HttpStatusCode.OK, (await shop.Client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shop.Client.GetAsync("/health/ready")).StatusCode);

        var data = await shop.AskAsync("{ products(first: 1) { nodes { title } } }");
        Assert.Equal("""{"products":{"nodes":[]}}""", data.ToString());
    }

    [Fact]
    public async Task Who_opens_its_address_is_led_to_its_endpoint()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var answer = await browser.GetAsync(shop.Address);

        Assert.Equal(
            (HttpStatusCode.Redirect, "/graphql"),
            (answer.StatusCode, $"{answer.Headers.Location}")
        );
    }
}
