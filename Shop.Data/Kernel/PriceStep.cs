namespace Shop.Data.Kernel;

/// <summary>What one unit costs from so many units on.</summary>
/// <param name="MinUnits">1 or more.</param>
/// <param name="Price">Of one unit.</param>
public readonly record struct PriceStep(int MinUnits, Money Price);
