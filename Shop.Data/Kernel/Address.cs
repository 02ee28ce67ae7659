namespace Shop.Data.Kernel;

/// <summary>Where an order goes, as the customer wrote it.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Line1">Street and house.</param>
/// <param name="Line2">Flat, floor or company; null where there is none.</param>
/// <param name="City">Town.</param>
/// <param name="Region">State or county; null where the country has none.</param>
/// <param name="PostalCode">As the country writes it.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2, capitals.</param>
public sealed record Address(
    string Name,
    string Line1,
    string? Line2,
    string City,
    string? Region,
    string PostalCode,
    string CountryCode
);
