using Shop.Data.Kernel;
using Shop.GraphQL.Schema;

namespace Shop.GraphQL.Accounts;

/// <summary>Whoever has an account.</summary>
/// <param name="Id">Opaque and global.</param>
internal sealed record Customer(CustomerId Id) : Node;
