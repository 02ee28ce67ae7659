using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>What is stored of a promotion is read as it was written, under names that stay.</summary>
public sealed class StoredPromotionTests
{
    private static readonly Items _some = new()
    {
        Any =
        [
            new ItemsOf.Products(new HashSet<Shop.Data.Kernel.ProductId> { new(7) }),
            new ItemsOf.Brands(new HashSet<string> { "Acme" }),
        ],
        Except = Tagged("sale").Any,
        NotReduced = true,
    };

    public static TheoryData<PromotionAction, string> Actions =>
        new()
        {
            { ReducePrice(10), "reducePrice" },
            { LinesPercent(10, _some, max: 100), "linesPercent" },
            { new LinesPrice(Only(100), _some), "linesPrice" },
            { OrderAmount(100), "amountOff" },
            { new BuyGet(_some, 1, All, 2, 500_000, 3, Spread.OverAll), "buyGet" },
            { new UnitsForPrice(3, Only(1000), _some, null), "unitsForPrice" },
            { OrderPercent(10), "orderPercent" },
            { FreeShipping, "shippingPercent" },
            { new ShippingPrice(Only(1)), "shippingPrice" },
        };

    public static TheoryData<Condition, string> Conditions =>
        new()
        {
            { new Condition.AllOf([From(100), new Condition.Unless(From(200))]), "allOf" },
            { new Condition.AnyOf([new UnitsAre(2, _some)]), "anyOf" },
            { From(100, Measured.BeforeDiscounts), "subtotal" },
            { new CustomerIs(SignedIn: true, new HashSet<string> { "trade" }, null), "customer" },
            { new DestinationIs(new HashSet<string> { "GB" }, new HashSet<string>()), "destination" },
            { new ShippingIs(new HashSet<Shop.Data.Kernel.ShippingMethodId> { new(1) }), "shipping" },
            { new HoursAre(new HashSet<DayOfWeek> { DayOfWeek.Friday }, new(22, 0), new(2, 0)), "hours" },
        };

    [Theory]
    [MemberData(nameof(Actions), DisableDiscoveryEnumeration = true)]
    public void An_action_is_stored_under_its_name(PromotionAction action, string name) =>
        IsKept(action, name);

    [Theory]
    [MemberData(nameof(Conditions), DisableDiscoveryEnumeration = true)]
    public void A_condition_is_stored_under_its_name(Condition condition, string name) =>
        IsKept(condition, name);

    private static void IsKept<T>(T value, string name)
    {
        var text = StoredJson.Write(value);

        Assert.StartsWith($$"""{"$type":"{{name}}",""", text, StringComparison.Ordinal);
        Assert.Equal(text, StoredJson.Write(StoredJson.Read<T>(text)));
        Assert.Equal(value!.GetType(), StoredJson.Read<T>(text)!.GetType());
    }
}
