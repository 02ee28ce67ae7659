using Shop.Data.Kernel;

namespace Shop.Data.Accounts;

/// <summary>Names an address of a customer's book.</summary>
public readonly record struct CustomerAddressId(long Value) : IRowId<CustomerAddressId>
{
    /// <inheritdoc />
    public static CustomerAddressId From(long value) => new(value);
}

/// <summary>An entry of a customer's address book. An order keeps a copy: changing this changes no order.</summary>
public sealed class CustomerAddress
{
    /// <summary>The most of them that one customer has.</summary>
    public const int MaxPerCustomer = 20;

    /// <summary>A Snowflake.</summary>
    public CustomerAddressId Id { get; private init; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private init; }

    /// <summary>Who receives what is sent there.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Street and house.</summary>
    public string Line1 { get; private init; } = "";

    /// <summary>Flat, floor, company; null where there is none.</summary>
    public string? Line2 { get; private init; }

    /// <summary>Town.</summary>
    public string City { get; private init; } = "";

    /// <summary>State or county; null where the country has none.</summary>
    public string? Region { get; private init; }

    /// <summary>As the country writes it.</summary>
    public string PostalCode { get; private init; } = "";

    /// <summary>ISO 3166-1 alpha-2, capitals.</summary>
    public string CountryCode { get; private init; } = "";

    /// <summary>Whether a checkout offers it first; true of at most one.</summary>
    public bool IsDefault { get; private init; }
}
