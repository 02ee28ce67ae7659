using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Operations;

namespace Shop.Tests.Search;

/// <summary>An index that is behind says so.</summary>
public sealed class StaleSearchTests(SearchShop small) : IClassFixture<SearchShop>
{
    [Fact]
    public async Task An_index_that_is_more_than_a_minute_old_is_told_as_stale()
    {
        Assert.Equal("[]", await NoticesAsync("mug"));

        small.Shop.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains("STALE", await NoticesAsync("mugs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_without_an_engine_has_no_index_to_be_built()
    {
        var told = await small.Shop.AskAsync(
            Askers.Staff(StaffRole.Admin),
            """
            mutation { searchRebuild(input: {idempotencyKey: "0193b2f0-0000-7000-8000-000000000001"}) { index { id } problems { code } } }
            """
        );
        Assert.Equal(
            """{"index":null,"problems":[{"code":"NOT_ALLOWED_NOW"}]}""",
            told.GetProperty("searchRebuild").ToString()
        );
        var seen = await new Operator(small.Shop.Services).SeeAsync("search { store indexes { id } }");
        Assert.Equal("""{"store":"TABLES","indexes":[]}""", seen.GetProperty("search").ToString());
    }

    private async Task<string> NoticesAsync(string text) =>
        (
            await small.Shop.AskJsonAsync(
                $"{{ productSearch(text: {JsonSerializer.Serialize(text)}) {{ notices }} }}"
            )
        )
            .GetProperty("productSearch")
            .GetProperty("notices")
            .ToString();
}
