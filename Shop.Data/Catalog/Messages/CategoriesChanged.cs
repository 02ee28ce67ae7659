using Shop.Data.Messages;

namespace Shop.Data.Catalog.Messages;

/// <summary>Categories were added, renamed or moved, each with all that stands below it.</summary>
/// <param name="Categories">One or more, each once; what stands below them is not named.</param>
public sealed record CategoriesChanged(IReadOnlyList<CategoryId> Categories) : IFact
{
    /// <inheritdoc />
    public static string Topic => "catalog.categories_changed";

    /// <summary>The first category: who hears it reads the categories as they are by then.</summary>
    public long Key => Categories[0].Value;
}
