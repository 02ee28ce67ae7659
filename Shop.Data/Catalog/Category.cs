namespace Shop.Data.Catalog;

/// <summary>A group of products; categories stand in a tree.</summary>
public sealed class Category
{
    /// <summary>Sorts by time of birth.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>Its place in a web address. Unique in the whole tree; the key by which an import finds it again.</summary>
    public required string Slug { get; init; }

    /// <summary>What it is called, up to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The category above; null for a root.</summary>
    public CategoryId? ParentId { get; init; }

    /// <summary>The ids from the root down to itself, so that "everything below" is one comparison.</summary>
    public required long[] Path { get; init; }

    /// <summary>Display order among its siblings, from 0.</summary>
    public required int Position { get; init; }
}
