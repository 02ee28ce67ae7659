using Npgsql;
using Shop.Data.Catalog.Edit;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Messages;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// Finds the categories that the rows of an import name, and puts up those that are not there, in the order of the file. One
/// that is there stays as staff has named and placed it.
/// </summary>
internal sealed class SaveCategories(
    NpgsqlConnection connection,
    HeldImport held,
    Receivers receivers,
    NewId newId,
    TimeProvider clock
)
{
    private readonly Dictionary<string, Category> _byPath = [];
    private readonly Dictionary<string, Category> _bySlug = [];
    private readonly Dictionary<(long Parent, string Title), Category> _byTitle = [];
    private readonly List<Category> _added = [];

    /// <summary>What a row means, once <see cref="RunAsync"/> is done; null for none.</summary>
    public CategoryId? Find(string path) => path.Length == 0 ? null : _byPath[path].Id;

    /// <summary>Those that it has put up.</summary>
    public IReadOnlyList<CategoryId> Added => _added.ConvertAll(category => category.Id);

    /// <summary>Before products are saved; again by each worker that takes the import over.</summary>
    /// <exception cref="LeaseLostException">Another worker has taken it over.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var paths = await PathsAsync(cancel);
        if (paths.Count == 0)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync($"lock table catalog.category in share row exclusive mode", cancel);
        await ReadAsync(cancel);
        var full = paths.Where(path => !TryFind(path)).ToArray();
        await WriteAsync(cancel);
        var facts = new CatalogFacts(receivers, clock.GetUtcNow());
        facts.Changed(Added);
        await facts.WriteAsync(connection, cancel);
        await RefuseAsync(full, cancel);
        await held.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
    }

    private bool TryFind(string path)
    {
        var titles = path.Split(RowReader.Below);
        Category? found = null;
        foreach (var title in titles)
        {
            if ((found = Under(found, title, isAlone: titles.Length == 1)) is null)
            {
                return false;
            }
        }

        _byPath[path] = found!;
        return true;
    }

    // A title alone means the category that such a title has made, wherever it stands by now.
    private Category? Under(Category? parent, string title, bool isAlone)
    {
        if (_byTitle.TryGetValue(Key(parent?.Id, title), out var same))
        {
            return same;
        }

        if (
            _bySlug.TryGetValue(SlugOf.Title(title), out var other)
            && (isAlone || other.ParentId == parent?.Id)
        )
        {
            return other;
        }

        var siblings = _bySlug.Values.Count(category => category.ParentId == parent?.Id);
        if (siblings >= SaveCategory.MaxSiblings)
        {
            return null;
        }

        var id = newId.Next<CategoryId>();
        var category = new Category
        {
            Id = id,
            Slug = SlugOf
                .Product(title, parent?.Slug ?? "", id.Value)
                .First(slug => !_bySlug.ContainsKey(slug)),
            Title = title,
            ParentId = parent?.Id,
            Path = [.. parent?.Path ?? [], id.Value],
            Position = siblings,
        };
        Note(category);
        _added.Add(category);
        return category;
    }

    private static (long, string) Key(CategoryId? parent, string title) =>
        (parent?.Value ?? 0, title.ToLowerInvariant());

    private void Note(Category category)
    {
        _bySlug.Add(category.Slug, category);
        _byTitle.TryAdd(Key(category.ParentId, category.Title), category);
    }

    private Task<List<string>> PathsAsync(CancellationToken cancel) =>
        connection.ListAsync(
            $"""
            select category from catalog.import_row
            where import_id = {Sql.Value(held.Import.Id.Value)} and category <> ''
            group by category order by min(line)
            """,
            row => row.GetString(0),
            cancel
        );

    private async Task ReadAsync(CancellationToken cancel)
    {
        var categories = await connection.ListAsync(
            $"select id, slug, title, parent_id, path, position from catalog.category",
            row => new Category
            {
                Id = new(row.GetInt64(0)),
                Slug = row.GetString(1),
                Title = row.GetString(2),
                ParentId = row.GetValue(3) is long parent ? new(parent) : null,
                Path = row.GetFieldValue<long[]>(4),
                Position = row.GetInt32(5),
            },
            cancel
        );
        categories.ForEach(Note);
    }

    private Task<int> WriteAsync(CancellationToken cancel)
    {
        return connection.ExecuteAsync(
            $"""
            insert into catalog.category (id, slug, title, parent_id, path, position)
            select id, slug, title, parent, path::bigint[], position
            from unnest(
                {Column(category => category.Id.Value)}, {Column(category => category.Slug)},
                {Column(category => category.Title)}, {Column(category => category.ParentId?.Value)},
                {Column(category => '{' + string.Join(',', category.Path) + '}')},
                {Column(category => category.Position)}
            ) as c(id, slug, title, parent, path, position)
            """,
            cancel
        );

        NpgsqlParameter Column<T>(Func<Category, T> of) => Sql.Column(_added, of);
    }

    /// <summary>Reports the rows whose categories would stand beside too many others.</summary>
    private async Task RefuseAsync(string[] paths, CancellationToken cancel)
    {
        var refused = await connection.ListAsync(
            $"""
            delete from catalog.import_row
            where import_id = {Sql.Value(held.Import.Id.Value)} and category = any({Sql.Value(paths)})
            returning line, category
            """,
            row => (Line: row.GetInt32(0), Path: row.GetString(1)),
            cancel
        );
        var errors = new ErrorRows(held.Import);
        held.Import.RowsStaged -= refused.Count;
        foreach (var (line, path) in refused.OrderBy(row => row.Line))
        {
            errors.Add(
                line,
                RowFault.Of(
                    ImportErrorCode.InvalidValue,
                    "category",
                    $"at most {SaveCategory.MaxSiblings} categories stand right below one",
                    path
                )
            );
        }

        await errors.WriteAsync(connection, cancel);
    }
}
