using System.Collections.Frozen;
using System.Net;

namespace Shop.GraphQL.Admission;

/// <summary>Nobody of these is let in.</summary>
/// <param name="State">What lasts of it.</param>
/// <param name="Range">From where; null for anywhere.</param>
/// <param name="Who">Of what kind; null for any.</param>
internal sealed record DenyRule(RuleState State, IPNetwork? Range, Who? Who)
{
    public bool IsAbout(Asking asking) =>
        asking.Is(Who) && (Range is not { } range || range.Has(asking.Asked.Address));
}

/// <summary>So many of an operation.</summary>
/// <param name="State">What lasts of it.</param>
/// <param name="Operation">A root field.</param>
/// <param name="Rate">How many.</param>
/// <param name="Points">Where they are counted.</param>
internal sealed record FlowRule(RuleState State, string Operation, Rate Rate, Points Points)
{
    public IEnumerable<Taking> TakingsOf(Asking asking)
    {
        var times = asking.Roots.Count(root => root.Name == Operation);
        return times == 0 ? [] : [new(State, Points, Rate, times)];
    }
}

/// <summary>So many of an operation for each value that stands at a place of its arguments.</summary>
/// <param name="State">What lasts of it.</param>
/// <param name="Operation">A root field.</param>
/// <param name="Value">The place.</param>
/// <param name="Rate">How many.</param>
/// <param name="Except">How many for some values.</param>
/// <param name="Buckets">Where they are counted.</param>
internal sealed record HotRule(
    RuleState State,
    string Operation,
    ArgumentPath Value,
    Rate Rate,
    FrozenDictionary<string, Rate> Except,
    KeyedBuckets Buckets
)
{
    public IEnumerable<Taking> TakingsOf(Asking asking) =>
        asking
            .Roots.Where(root => root.Name == Operation)
            .SelectMany(root => asking.ValuesOf(root, Value))
            .CountBy(value => value)
            .Select(each => new Taking(State, Buckets.Of(each.Key), RateOf(each.Key), each.Value));

    public Rate RateOf(string value) => Except.GetValueOrDefault(value, Rate);
}

/// <summary>So much cost for each one who asks: a customer, else a cart, else an address.</summary>
/// <param name="State">What lasts of it.</param>
/// <param name="Who">Of what kind; null for any.</param>
/// <param name="Rate">How much.</param>
/// <param name="CartsPerAddress">
/// How many times as much its carts have together. A cart is the client's own word: who makes up a new one each time has no more.
/// </param>
/// <param name="Buckets">Where it is counted.</param>
internal sealed record SubjectRule(
    RuleState State,
    Who? Who,
    Rate Rate,
    int CartsPerAddress,
    KeyedBuckets Buckets
)
{
    private const string Carts = "carts of ";

    public IEnumerable<Taking> TakingsOf(Asking asking)
    {
        if (!asking.Is(Who))
        {
            yield break;
        }

        if (asking.Customer is { } customer)
        {
            yield return Of("customer " + customer);
            yield break;
        }

        var cart = asking.Cart;
        if (asking.Address is { } address)
        {
            yield return Of((cart is null ? "address " : Carts) + address);
        }

        // After its address: made-up carts of one who is refused anyway take no places of others.
        if (cart is not null)
        {
            yield return Of("cart " + cart);
        }

        Taking Of(string subject) => new(State, Buckets.Of(subject), RateOf(subject), asking.Asked.Cost);
    }

    public Rate RateOf(string subject) =>
        subject.StartsWith(Carts, StringComparison.Ordinal)
            ? new(Rate.PerSecond * CartsPerAddress, Rate.Burst * CartsPerAddress)
            : Rate;
}

/// <summary>What a rule takes for an operation.</summary>
/// <param name="Rule">What lasts of it.</param>
/// <param name="From">Where it takes it from.</param>
/// <param name="Rate">How it comes in there.</param>
/// <param name="Points">How much.</param>
internal readonly record struct Taking(RuleState Rule, Points From, Rate Rate, double Points);
