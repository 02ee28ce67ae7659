namespace Shop.Data.Catalog;

/// <summary>Whether shoppers see a product.</summary>
public enum ProductStatus
{
    /// <summary>Being prepared: staff see it, shoppers do not.</summary>
    Draft,

    /// <summary>On sale.</summary>
    Active,

    /// <summary>No longer sold: absent for shoppers, kept for the orders that name it.</summary>
    Archived,
}
