namespace Shop.Data.Kernel;

/// <summary>What a member of staff may do beside what every customer may. Stored as a number; a number is never given a second meaning.</summary>
public enum StaffRole : short
{
    /// <summary>Products, their SKUs and categories, and imports.</summary>
    Catalog = 1,

    /// <summary>How much there is of each SKU.</summary>
    Stock = 2,

    /// <summary>Orders of all customers, and the customers themselves.</summary>
    Orders = 3,

    /// <summary>Payments and refunds.</summary>
    Payments = 4,

    /// <summary>Everything, and how the shop runs.</summary>
    Admin = 5,

    /// <summary>Promotions: what takes money off.</summary>
    Pricing = 6,
}
