using Shop.GraphQL.Schema.Access;

namespace Shop.GraphQL.Accounts;

/// <summary>What Accounts adds to the root.</summary>
internal sealed class AccountQueries(Asker asker)
{
    /// <summary>Whoever asks; null when nobody is signed in.</summary>
    public Customer? Viewer() => asker.Customer is { } id ? new(id) : null;
}
