using Npgsql;
using Shop.Data.Catalog.Import.Naming;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>Writes the categories that products are about to be put in, and no others.</summary>
internal sealed class SaveCategories(NpgsqlConnection connection, NewId newId)
{
    private readonly HashSet<string> _there = [];

    /// <summary>In the caller's transaction. Each shelf is written once per import, roots before children.</summary>
    public async Task RunAsync(IEnumerable<Shelf> needed, CancellationToken cancel)
    {
        var missing = needed.Where(shelf => _there.Add(shelf.Slug)).ToArray();
        var roots = missing
            .Select(shelf => RootOf(shelf))
            .Distinct()
            .Where(shelf => _there.Add("/" + shelf.Slug));
        await WriteAsync([.. roots], cancel);
        await WriteAsync([.. missing.Where(shelf => shelf.Child is not null)], cancel);
    }

    private static Shelf RootOf(Shelf shelf) =>
        Shelf.All.First(other => other.Root == shelf.Root && other.Child is null);

    private async Task WriteAsync(Shelf[] shelves, CancellationToken cancel)
    {
        if (shelves.Length == 0)
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
        var order = Shelf.All.ToList();
        command.Parameters.Add(Sql.Value(shelves.Select(_ => newId.Next()).ToArray()));
        command.Parameters.Add(Sql.Value(shelves.Select(shelf => shelf.Slug).ToArray()));
        command.Parameters.Add(Sql.Value(shelves.Select(shelf => shelf.Title).ToArray()));
        command.Parameters.Add(
            Sql.Value(shelves.Select(shelf => shelf.Child is null ? "" : RootOf(shelf).Slug).ToArray())
        );
        command.Parameters.Add(Sql.Value(shelves.Select(shelf => order.IndexOf(shelf)).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
