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

    private async Task WriteAsync(KeywordCategory[] categories, CancellationToken cancel)
    {
        if (categories.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into catalog.category as c (id, slug, title, parent_id, path, position)
            select s.id, s.slug, s.title, parent.id, coalesce(parent.path, '{}') || s.id, s.position
            from unnest($1, $2, $3, $4, $5) as s(id, slug, title, parent, position)
            left join catalog.category parent on parent.slug = s.parent
            on conflict (slug) do update set title = excluded.title, position = excluded.position
            where (c.title, c.position) is distinct from (excluded.title, excluded.position)
            """,
            connection
        );
        var order = KeywordCategory.All.ToList();
        command.Parameters.Add(Sql.Value(categories.Select(_ => newId.Next()).ToArray()));
        command.Parameters.Add(Sql.Value(categories.Select(category => category.Slug).ToArray()));
        command.Parameters.Add(Sql.Value(categories.Select(category => category.Title).ToArray()));
        command.Parameters.Add(
            Sql.Value(
                categories.Select(category => category.Child is null ? "" : RootOf(category).Slug).ToArray()
            )
        );
        command.Parameters.Add(Sql.Value(categories.Select(category => order.IndexOf(category)).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
