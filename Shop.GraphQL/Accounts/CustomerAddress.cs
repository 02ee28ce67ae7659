using Shop.Data.Accounts;

namespace Shop.GraphQL.Accounts;

/// <summary>An entry of a customer's address book. An order keeps a copy of it: to change this changes no order.</summary>
/// <param name="Id">Opaque; means this entry, as long as it is there.</param>
/// <param name="Address">What it says.</param>
/// <param name="IsDefault">Offer it first; true of at most one.</param>
internal sealed record CustomerAddress(CustomerAddressId Id, Address Address, bool IsDefault);
