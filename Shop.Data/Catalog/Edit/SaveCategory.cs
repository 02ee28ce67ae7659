using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Audit;
using Shop.Data.Messages;

namespace Shop.Data.Catalog.Edit;

/// <summary>A category as staff wants it to be.</summary>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Slug">Its place in a web address; where that is null it stays, or is made of the title.</param>
/// <param name="Parent">The category above; null for a root.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SaveCategoryRequest(
    CategoryId? Id,
    string Title,
    string? Slug,
    CategoryId? Parent,
    CustomerId Actor
);

/// <summary>Every way <see cref="SaveCategory"/> can end that a client can do something about.</summary>
public abstract record SaveCategoryResult
{
    private SaveCategoryResult() { }

    /// <summary>It is saved.</summary>
    public sealed record Saved(CategoryId Id) : SaveCategoryResult;

    /// <summary>There is no such category.</summary>
    public sealed record NotFound : SaveCategoryResult;

    /// <summary>There is no such category to stand below.</summary>
    public sealed record NoSuchParent : SaveCategoryResult;

    /// <summary>It would stand below itself.</summary>
    public sealed record BelowItself : SaveCategoryResult;

    /// <summary>Another category has this slug.</summary>
    public sealed record SlugTaken : SaveCategoryResult;

    /// <summary>The title has no letter that could stand in an address.</summary>
    public sealed record NoSlug : SaveCategoryResult;

    /// <summary><see cref="SaveCategory.MaxSiblings"/> stand there already.</summary>
    public sealed record TooManySiblings : SaveCategoryResult;
}

/// <summary>
/// Puts up a category, renames it or moves it with all that stands below it. One call at a time changes the tree, so that no
/// two moves make a circle together.
/// </summary>
public sealed class SaveCategory(
    Database<CatalogDb> database,
    Receivers receivers,
    CatalogAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    /// <summary>The most categories right below another, or below none.</summary>
    public const int MaxSiblings = 200;

    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<SaveCategoryResult> RunAsync(SaveCategoryRequest request, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"lock table catalog.category in share row exclusive mode", cancel);
        var stored = await FindAsync(db, request.Id, cancel);
        var parent = await FindAsync(db, request.Parent, cancel);
        var slug = request.Slug ?? stored?.Slug ?? SlugOf.Title(request.Title);
        if (await RefusalAsync(db, request, stored, parent, slug, cancel) is { } refusal)
        {
            return refusal;
        }

        var id = stored?.Id ?? newId.Next<CategoryId>();
        var saved = new Category
        {
            Id = id,
            Slug = slug,
            Title = request.Title,
            ParentId = parent?.Id,
            Path = [.. parent?.Path ?? [], id.Value],
            Position =
                stored is not null && stored.ParentId == parent?.Id
                    ? stored.Position
                    : await EndAsync(db, parent?.Id, cancel),
        };
        var now = clock.GetUtcNow();
        var trail = new AuditTrail(request.Actor, "categorySave", now, newId);
        await WriteAsync(db, stored, saved, trail, cancel);
        var facts = new CatalogFacts(receivers, now);
        facts.Changed([id]);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await trail.WriteAsync(connection, "catalog", cancel);
        await facts.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync(new CatalogChange { Categories = [id] });
        return new SaveCategoryResult.Saved(id);
    }

    private static async Task<SaveCategoryResult?> RefusalAsync(
        CatalogDb db,
        SaveCategoryRequest request,
        Category? stored,
        Category? parent,
        string slug,
        CancellationToken cancel
    ) =>
        request.Id is not null && stored is null ? new SaveCategoryResult.NotFound()
        : request.Parent is not null && parent is null ? new SaveCategoryResult.NoSuchParent()
        : stored is not null && parent?.Path.Contains(stored.Id.Value) == true
            ? new SaveCategoryResult.BelowItself()
        : slug.Length == 0 ? new SaveCategoryResult.NoSlug()
        : await db.Categories.AnyAsync(row => row.Slug == slug && row.Id != request.Id, cancel)
            ? new SaveCategoryResult.SlugTaken()
        : await db.Categories.CountAsync(
            row => row.ParentId == request.Parent && row.Id != request.Id,
            cancel
        ) >= MaxSiblings
            ? new SaveCategoryResult.TooManySiblings()
        : null;

    private static async Task WriteAsync(
        CatalogDb db,
        Category? stored,
        Category saved,
        AuditTrail trail,
        CancellationToken cancel
    )
    {
        if (stored is null)
        {
            db.Add(saved);
            await db.SaveChangesAsync(cancel);
            trail.Note("Category", saved.Id, before: null, Told(saved));
            return;
        }

        db.Update(saved);
        await db.SaveChangesAsync(cancel);
        trail.NoteDifference("Category", saved.Id, Told(stored), Told(saved));
        if (stored.ParentId != saved.ParentId)
        {
            // What stands below keeps its own end of the path.
            await db.Database.ExecuteSqlAsync(
                $"""
                update catalog.category
                set path = {saved.Path} || path[{stored.Path.Length + 1}:]
                where path @> {stored.Path} and id <> {saved.Id.Value}
                """,
                cancel
            );
        }
    }

    private static async Task<Category?> FindAsync(CatalogDb db, CategoryId? id, CancellationToken cancel) =>
        id is null ? null : await db.Categories.SingleOrDefaultAsync(row => row.Id == id, cancel);

    private static async Task<int> EndAsync(CatalogDb db, CategoryId? parent, CancellationToken cancel) =>
        await db.Categories.Where(row => row.ParentId == parent).MaxAsync(row => (int?)row.Position, cancel)
            + 1
        ?? 0;

    private static object Told(Category category) =>
        new
        {
            category.Slug,
            category.Title,
            category.ParentId,
            category.Position,
        };
}
