namespace Shop.GraphQL.Accounts;

/// <summary>A person with an account; a member of staff is a customer with roles. They see themselves, and staff with the role `ORDERS` sees all on its own schema.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Email">What they sign in with, as they wrote it.</param>
/// <param name="Name">What they want to be called.</param>
/// <param name="Roles">What they may do as staff, each once; empty for those who only buy. At most 5.</param>
/// <param name="Version">Rises by one with every change of them or their address book; drop what is older than what you have.</param>
/// <param name="CreatedAt">When the account was made.</param>
internal sealed record Customer(
    CustomerId Id,
    string Email,
    string Name,
    [property: ListSize(5)] IReadOnlyList<StaffRole> Roles,
    int Version,
    DateTimeOffset CreatedAt
) : Node
{
    /// <summary>The groups of customers that they are in, sorted; price lists and promotions can ask for them. At most 20.</summary>
    [Staff(StaffRole.Orders), ListSize(2)]
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Where they pay no tax, as staff has found; null where they do everywhere.</summary>
    [Staff(StaffRole.Orders)]
    public TaxExemption? TaxExemption { get; init; }

    /// <summary>Their address book, the default one first; at most 20.</summary>
    [Cost(2), ListSize(5)]
    public IDataLoaderResult<IReadOnlyList<CustomerAddress>> Addresses(
        [FromServices] LoaderContext loaders
    ) => loaders.Get<AddressesByCustomerId>().Load(Id);
}
