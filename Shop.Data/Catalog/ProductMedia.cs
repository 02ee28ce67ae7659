namespace Shop.Data.Catalog;

/// <summary>A picture of a product. The shop keeps its address, not the picture.</summary>
/// <param name="Url">Where it is: an absolute address of http or https.</param>
/// <param name="Alt">What it shows, for those who cannot see it; may be empty.</param>
/// <param name="Width">Pixels, where that is known.</param>
/// <param name="Height">Pixels, where that is known.</param>
public sealed record ProductMedia(string Url, string Alt, int? Width, int? Height);
