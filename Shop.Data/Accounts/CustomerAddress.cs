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

    /// <summary>What it says.</summary>
    public Address Address { get; private init; } = null!;

    /// <summary>Whether a checkout offers it first; true of at most one.</summary>
    public bool IsDefault { get; private init; }
}
