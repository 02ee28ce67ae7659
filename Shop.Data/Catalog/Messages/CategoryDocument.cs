namespace Shop.Data.Catalog.Messages;

/// <summary>A category as another context copies it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Path">The ids from the root down to itself.</param>
/// <param name="Title">What it is called.</param>
public sealed record CategoryDocument(CategoryId Id, IReadOnlyList<CategoryId> Path, string Title);
