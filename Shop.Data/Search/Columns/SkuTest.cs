using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>Whether a SKU of a product meets a condition.</summary>
/// <param name="block">Where both stand.</param>
/// <param name="place">The product's place.</param>
/// <param name="sku">The SKU's.</param>
internal delegate bool SkuTest(ColumnBlock block, int place, int sku);

/// <summary>Conditions, asked of the columns.</summary>
internal static class SkuTests
{
    /// <param name="condition">What is asked.</param>
    /// <param name="terms">The numbers of the values it names.</param>
    public static SkuTest Of(SearchCondition condition, FacetTerms terms) =>
        condition switch
        {
            SearchCondition.All(var parts) => All([.. parts.Select(part => Of(part, terms))]),
            SearchCondition.Any(var parts) => Any([.. parts.Select(part => Of(part, terms))]),
            SearchCondition.No(var part) => Not(Of(part, terms)),
            SearchCondition.Ids(var ids) => OneOf(ids, (block, place) => block.Ids[place]),
            SearchCondition.Slugs(var slugs) => OneOf(slugs, (block, place) => block.Facts[place].Slug),
            SearchCondition.Categories(var ids) => Has(ids.Select(FacetTerm.Of), terms),
            SearchCondition.Brands(var texts) => Has(Terms(new(FacetKind.Brand), texts), terms),
            SearchCondition.Tags(var texts) => Has(Terms(new(FacetKind.Tag), texts), terms),
            SearchCondition.Options(var name, var texts) => HasSku(
                Terms(new(FacetKind.Option, name), texts),
                terms
            ),
            SearchCondition.Price(var currency, var from, var to) => (block, _, sku) =>
                block.Prices[sku] is var price
                && price.Minor >= from
                && price.Minor <= to
                && price.Currency == currency,
            SearchCondition.Units(var from, var to) => (block, _, sku) =>
                block.Available[sku] is var available && available >= from && available <= to,
            SearchCondition.Created(var from, var to) => (block, place, _) =>
                IsBetween(block.Facts[place].CreatedAt, from, to),
            SearchCondition.Updated(var from, var to) => (block, place, _) =>
                IsBetween(block.Facts[place].UpdatedAt, from, to),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, message: null),
        };

    private static SkuTest All(SkuTest[] parts) =>
        (block, place, sku) =>
        {
            foreach (var part in parts)
            {
                if (!part(block, place, sku))
                {
                    return false;
                }
            }

            return true;
        };

    private static SkuTest Any(SkuTest[] parts) => Not(All(Array.ConvertAll(parts, Not)));

    private static SkuTest Not(SkuTest part) => (block, place, sku) => !part(block, place, sku);

    private static SkuTest OneOf<T>(IEnumerable<T> wanted, Func<ColumnBlock, int, T> of)
    {
        var set = wanted.ToHashSet();
        return (block, place, _) => set.Contains(of(block, place));
    }

    private static SkuTest Has(IEnumerable<FacetTerm> wanted, FacetTerms terms)
    {
        var numbers = Numbers(wanted, terms);
        return (block, place, _) => block.TermsOf(place).ContainsAny(numbers);
    }

    private static SkuTest HasSku(IEnumerable<FacetTerm> wanted, FacetTerms terms)
    {
        var numbers = Numbers(wanted, terms);
        return (block, _, sku) => block.TermsOfSku(sku).ContainsAny(numbers);
    }

    // What has no number stands on no product.
    private static int[] Numbers(IEnumerable<FacetTerm> wanted, FacetTerms terms) =>
        [.. wanted.Select(terms.Find).Where(number => number >= 0)];

    private static IEnumerable<FacetTerm> Terms(FacetName facet, IEnumerable<string> texts) =>
        texts.Select(text => new FacetTerm(facet, text));

    private static bool IsBetween(DateTimeOffset moment, DateTimeOffset? from, DateTimeOffset? to) =>
        moment >= (from ?? DateTimeOffset.MinValue) && moment <= (to ?? DateTimeOffset.MaxValue);
}
