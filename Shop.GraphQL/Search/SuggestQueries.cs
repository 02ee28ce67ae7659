using Shop.Data.Search;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Suggesting;

namespace Shop.GraphQL.Search;

/// <summary>What shoppers are offered while they type.</summary>
internal sealed class SuggestQueries(ProductSuggest suggest)
{
    /// <summary>
    /// What a shopper may mean who is still typing: completed words first, then categories, makers, and products by a code or a
    /// name; of a kind, the popular ones first. Each word that was typed is one, or begins one.
    /// </summary>
    /// <param name="text">What was typed so far, up to 200 characters. Without a word in it nothing is offered.</param>
    /// <param name="first">The most of them, 1 to 20.</param>
    /// <param name="cancel">Ends the read.</param>
    [Public(SearchAnnouncements.Channel), Cost(10), ListSize(8)]
    public async Task<IReadOnlyList<SearchSuggestion>> ProductSuggestAsync(
        [MaxText(ProductSearch.MaxText)] string text,
        [Between(1, 20)] int first = 8,
        CancellationToken cancel = default
    ) =>
        [
            .. (await suggest.RunAsync(text, first, cancel)).Select(one => new SearchSuggestion(
                one.Kind,
                one.Text,
                one.Highlight,
                one.Count
            )
            {
                ProductId = one.Product,
                CategoryId = one.Category,
            }),
        ];
}
