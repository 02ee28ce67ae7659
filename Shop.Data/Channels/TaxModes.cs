namespace Shop.Data.Channels;

/// <summary>What of a gross price stays the same where other taxes are paid.</summary>
public enum HeldPrice
{
    /// <summary>What the customer pays.</summary>
    Gross,

    /// <summary>What the shop keeps.</summary>
    Net,
}

/// <summary>Where the tax of goods is rounded. Units are never rounded by themselves.</summary>
public enum TaxRounding
{
    /// <summary>In each line.</summary>
    PerLine,

    /// <summary>In the sum of all lines of the same taxes; lines share it.</summary>
    PerRate,
}

/// <summary>How shipping is taxed.</summary>
public enum ShippingTax
{
    /// <summary>As the goods, each by its value.</summary>
    Prorated,

    /// <summary>As the goods of the largest value.</summary>
    Largest,

    /// <summary>As the goods that are taxed highest.</summary>
    Highest,

    /// <summary>As a class of its own.</summary>
    Class,
}
