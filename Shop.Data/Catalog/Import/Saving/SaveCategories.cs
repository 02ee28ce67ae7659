using Npgsql;
using Shop.Data.Catalog.Import.Naming;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>Writes the categories that products are about to be put in, and no others.</summary>
internal sealed class SaveCategories(NpgsqlConnection connection, NewId newId)
{
    private readonly HashSet<string> _there = [];

    /// <summary>In the caller's transaction. Each category is written once per import, roots before children.</summary>
    public async Task RunAsync(IEnumerable<KeywordCategory> needed, CancellationToken cancel)
    {
        var missing = needed.Where(category => _there.Add(category.Slug)).ToArray();
        var roots = missing
            .Select(category => RootOf(category))
            .Distinct()
            .Where(category => _there.Add("/" + category.Slug));
        await WriteAsync([.. roots], cancel);
        await WriteAsync([.. missing.Where(category => category.Child is not null)], cancel);
    }

    private static KeywordCategory RootOf(KeywordCategory category) =>
        KeywordCategory.All.First(other => other.Root == category.Root && other.Child is null);

    private Task WriteAsync(KeywordCategory[] categories, CancellationToken cancel)
    {
        if (categories.Length == 0)
        {
            return Task.CompletedTask;
        }

        var order = KeywordCategory.All.ToList();
        return connection.ExecuteAsync(
            $"""
            insert into catalog.category as c (id, slug, title, parent_id, path, position)
            select s.id, s.slug, s.title, parent.id, coalesce(parent.path, array[]::bigint[]) || s.id, s.position
            from unnest(
                {Column(_ => newId.Next())}, {Column(category => category.Slug)},
                {Column(category => category.Title)},
                {Column(category => category.Child is null ? "" : RootOf(category).Slug)},
                {Column(category => order.IndexOf(category))}) as s(id, slug, title, parent, position)
            left join catalog.category parent on parent.slug = s.parent
            on conflict (slug) do update set title = excluded.title, position = excluded.position
            where (c.title, c.position) is distinct from (excluded.title, excluded.position)
            """,
            cancel
        );

        NpgsqlParameter Column<T>(Func<KeywordCategory, T> of) => Sql.Column(categories, of);
    }
}
