using System.Text.Json;
using Shop.Tests.Catalog;

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
