namespace Shop.Data.Search.Finding;

/// <summary>A condition as SQL of a product <c>p</c> and one SKU <c>s</c> of it; never null, so that "not" is its opposite.</summary>
internal static class ConditionSql
{
    public static SqlText Of(SearchCondition condition) =>
        condition switch
        {
            SearchCondition.All(var parts) => Join(parts, "true", " and "),
            SearchCondition.Any(var parts) => Join(parts, "false", " or "),
            SearchCondition.No(var part) => Sql.Part($"not ({Of(part)})"),
            SearchCondition.Ids(var ids) => Sql.Part(
                $"p.product_id = any({Sql.Column(ids, id => id.Value)})"
            ),
            SearchCondition.Slugs(var slugs) => Sql.Part($"p.slug = any({Sql.Value(slugs.ToArray())})"),
            SearchCondition.Categories(var ids) => Sql.Part(
                $"""
                exists (
                    select from search.category c
                    where c.category_id = p.category_id and c.path && {Sql.Column(ids, id => id.Value)})
                """
            ),
            SearchCondition.Brands(var brands) => Sql.Part(
                $"coalesce(p.brand = any({Sql.Value(brands.ToArray())}), false)"
            ),
            SearchCondition.Tags(var tags) => Sql.Part($"p.tags && {Sql.Value(tags.ToArray())}"),
            SearchCondition.Price(var currency, var from, var to) => Sql.Part(
                $"(s.currency = {Sql.Value(currency)} and s.price_minor between {Sql.Value(from)} and {Sql.Value(to)})"
            ),
            SearchCondition.Created(var from, var to) => Between("p.created_at", from, to),
            SearchCondition.Updated(var from, var to) => Between("p.updated_at", from, to),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, message: null),
        };

    private static SqlText Join(IReadOnlyList<SearchCondition> parts, string start, string with) =>
        parts.Aggregate(Sql.Raw(start), (sql, part) => Sql.Part($"{sql}{Sql.Raw(with)}({Of(part)})"));

    private static SqlText Between(string column, DateTimeOffset? from, DateTimeOffset? to) =>
        Sql.Part(
            $"""
            {Sql.Raw(column)} between {Sql.Value(from ?? DateTimeOffset.MinValue)}
                and {Sql.Value(to ?? DateTimeOffset.MaxValue)}
            """
        );
}
