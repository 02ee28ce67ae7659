using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Data.Cache;
using Shop.Data.Kernel;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Cache;

/// <summary>What strangers make up comes in as a client sends it, and statements are counted.</summary>
public sealed class StrangersAtTheDoorTests(KeptRowTests.PatientShop patient)
    : IClassFixture<KeptRowTests.PatientShop>
{
    private const int Page = 50;

    private readonly ShopFixture _shop = patient.Shop;

    [Fact]
    public async Task Ten_thousand_made_up_addresses_ask_the_database_for_next_to_nothing()
    {
        using var node = ShopHost.Build(
            _shop.Postgres,
            _shop.Redis,
            _shop.Clock,
            KeptRowTests.PatientShop.Patience
        );
        var known = node.Services.GetRequiredService<KnownKeys>();
        using var keeper = ActivatorUtilities.CreateInstance<KeepKnownKeys>(node.Services);
        await keeper.StartAsync(default);
        await Eventually.TrueAsync(() => known.Bytes > 0);
        await KnownAsync(node);
        using var sql = SqlCount.Start();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000 / Page),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (page, cancel) =>
            {
                var answer = await node.Services.AnswerAsync(Askers.Guest, Query(page));
                Assert.False(answer.TryGetProperty("errors", out _));
                Assert.All(
                    answer.GetProperty("data").EnumerateObject(),
                    field => Assert.Equal(JsonValueKind.Null, field.Value.ValueKind)
                );
            }
        );

        // A few batches are tried, for one that nobody has told of; each asks a replica and then the primary.
        Assert.InRange(sql.Statements.Count, 1, 150);
        Assert.InRange(node.Services.GetRequiredService<RowCounts>().Of(CacheOutcome.Denied), 9_000, 10_000);
        await keeper.StopAsync(default);
    }

    [Theory]
    [InlineData("product(by: {slug: \"$\"})", "\\u0000")]
    [InlineData("product(by: {id: \"$\"})", "")]
    [InlineData("product(by: {id: \"$\"})", "nonsense")]
    [InlineData("product(by: {id: \"$\"})", "category")]
    [InlineData("product(by: {id: \"$\"})", "cart")]
    [InlineData("category(by: {id: \"$\"})", "product")]
    [InlineData("productVariant(by: {id: \"$\"})", "product")]
    public async Task What_is_no_key_of_its_kind_asks_nobody(string field, string key)
    {
        var id = NewId.FirstAt(ShopHost.Now.AddDays(-30));
        var asked = key switch
        {
            "category" => GlobalId.Of(new CategoryId(id)).ToString(),
            "product" => GlobalId.Of(new ProductId(id)).ToString(),
            "cart" => GlobalId.Of(new CartId((UInt128)id)).ToString(),
            _ => key,
        };
        using var sql = SqlCount.Start();

        await _shop.Services.AnswerAsync(
            Askers.Guest,
            $"{{ a: {field.Replace("$", asked, StringComparison.Ordinal)} {{ id }} }}"
        );

        Assert.Empty(sql.Statements);
    }

    private static string Query(int page)
    {
        var query = new StringBuilder("{");
        for (var n = 0; n < Page; n++)
        {
            query.Append(null, $" p{n}: product(by: {{slug: \"made-up-{page * Page + n}\"}}) {{ id }}");
        }

        return query.Append(" }").ToString();
    }

    // The channel stands: what another node makes is found by its address.
    private async Task KnownAsync(IHost node)
    {
        var slug = (await _shop.SavedAsync(Shelving.Mug())).GetProperty("slug").GetString();
        await Eventually.TrueAsync(async () =>
        {
            var answer = await node.Services.AnswerAsync(
                Askers.Guest,
                $$"""{ product(by: {slug: "{{slug}}"}) { id } }"""
            );
            return answer.GetProperty("data").GetProperty("product").ValueKind == JsonValueKind.Object;
        });
    }
}
