using System.Text.Json.Serialization;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Whose uses of a promotion are counted together.</summary>
// Stored by name and by number: neither ever gets another meaning.
[JsonConverter(typeof(JsonStringEnumConverter<LimitPer>))]
public enum LimitPer : short
{
    /// <summary>Those of all orders.</summary>
    Total = 0,

    /// <summary>Those of one customer, whom the account or the e-mail of an order tells, a guest's as well.</summary>
    Customer = 1,

    /// <summary>Those of one of its codes.</summary>
    Code = 2,
}

/// <summary>How often a promotion can be used. An order that it applies to uses it once.</summary>
/// <param name="Per">Whose uses are counted together.</param>
/// <param name="Uses">The most; one or more.</param>
public sealed record UseLimit(LimitPer Per, int Uses);
