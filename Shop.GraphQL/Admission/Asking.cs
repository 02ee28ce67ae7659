using System.Globalization;

namespace Shop.GraphQL.Admission;

/// <summary>An operation that asks to be let in, as rules see it.</summary>
internal sealed class Asking(AskedOperation asked)
{
    private static readonly ArgumentPath[] _carts = [new("input.cartId"), new("cartId")];
    private static readonly ArgumentPath _ownId = new("id");

    private readonly Asker _asker = Asker.Of(asked.User, asked.Audience);

    /// <summary>What is asked.</summary>
    public AskedOperation Asked => asked;

    /// <summary>The root fields that it selects.</summary>
    public IReadOnlyList<RootField> Roots => asked.Operation.Roots;

    /// <summary>Number of the customer who asks; null for a guest.</summary>
    public string? Customer => _asker.Customer?.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The cart that it is about, whether there is such a one or not; null where it is about none.</summary>
    public string? Cart =>
        Roots
            .SelectMany(root =>
                root.Name == "cart" ? ValuesOf(root, _ownId) : _carts.SelectMany(path => ValuesOf(root, path))
            )
            .Select(text => GlobalId.TryParse(text, out var id) ? id.Key : null)
            .FirstOrDefault();

    /// <summary>The client's address, of IPv6 its network; null where the transport does not tell.</summary>
    public string? Address => asked.Address is { } address ? ClientAddress.Of(address) : null;

    /// <summary>Whether one of this kind asks; true where any may.</summary>
    public bool Is(Who? who) =>
        who is null
        || who
            == (
                _asker.Customer is null ? Who.Guest
                : _asker.IsStaff ? Who.Staff
                : Who.Customer
            );

    /// <summary>What stands at a place of a root field's arguments.</summary>
    public IEnumerable<string> ValuesOf(RootField root, ArgumentPath path) =>
        path.ValuesOf(root.Syntax, asked.Operation.Syntax, asked.Variables);
}
