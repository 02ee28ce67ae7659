using System.Net.Http.Json;
using Shop.GraphQL.Engine.Documents;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Transport.Cache;

/// <summary>Clients that register their documents as they go, in a shop that has kept the answer.</summary>
public sealed class RegisteredAsTheyGoTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Menu = "query Menu { categories { id } }";

    [Fact]
    public async Task A_document_is_registered_although_its_answer_is_kept()
    {
        await using var node = await ShopNode.StartAsync(shop, ("GraphQL:AnswerCache:Lifetime", "01:00:00"));
        using var client = new HttpClient { BaseAddress = node.Address };
        var extensions = new
        {
            persistedQuery = new { version = 1, sha256Hash = TrustedDocument.IdOf(Menu) },
        };
        await node.AskAsync(Menu);
        var kept = await node.AskAsync(Menu);

        using var unknown = await client.PostAsJsonAsync("", new { extensions });
        using var registers = await client.PostAsJsonAsync("", new { query = Menu, extensions });
        using var names = await client.PostAsJsonAsync("", new { extensions });

        Assert.Contains(
            "PersistedQueryNotFound",
            await unknown.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains($"{kept}", await registers.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains($"{kept}", await names.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
