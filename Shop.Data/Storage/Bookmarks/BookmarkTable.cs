using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Storage.Bookmarks;

/// <summary>A <see cref="Bookmark"/> as it is stored.</summary>
internal sealed class StoredBookmark
{
    public string Reader { get; private init; } = "";
    public string? Snapshot { get; private init; }
    public long? SystemId { get; private init; }
    public int? Timeline { get; private init; }
    public DateTimeOffset? Since { get; private init; }
    public int Turn { get; private init; }
    public DateTimeOffset? KeptAt { get; private init; }
}

/// <summary>The bookmarks of those who read what a context writes anyway.</summary>
internal static class BookmarkTable
{
    public static void AddBookmarkTable(this ModelBuilder model) =>
        model.Entity<StoredBookmark>(table =>
        {
            table.ToTable("bookmark");
            table.HasKey(bookmark => bookmark.Reader);
        });
}
