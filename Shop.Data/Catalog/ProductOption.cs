namespace Shop.Data.Catalog;

/// <summary>Something a shopper chooses on a product, such as its colour.</summary>
/// <param name="Name">What is chosen: <c>Colour</c>. Unique within the product.</param>
/// <param name="Values">What there is to choose from, in display order; at least one.</param>
public sealed record ProductOption(string Name, IReadOnlyList<string> Values);

/// <summary>What one variant is, of one of its product's options.</summary>
/// <param name="Name">The option's name.</param>
/// <param name="Value">One of its values.</param>
public sealed record SelectedOption(string Name, string Value);
