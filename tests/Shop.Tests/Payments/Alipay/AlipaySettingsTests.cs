using Microsoft.Extensions.Options;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.Alipay;

public sealed class AlipaySettingsTests(AlipayFixture alipay) : IClassFixture<AlipayFixture>
{
    [Theory]
    [InlineData("Merchant")]
    [InlineData("App")]
    [InlineData("KeyFile")]
    [InlineData("PublicKeyFiles:0")]
    public void What_is_needed_is_asked_for(string name) => Refused(() => alipay.Open((name, null)));

    [Fact]
    public void A_shop_in_production_starts_with_the_true_channel() =>
        Assert.Equal(
            alipay.Channel.Traits.Merchant,
            alipay.OpenInProduction("https://shop.example").Traits.Merchant
        );

    [Fact]
    public void No_shop_in_production_starts_with_a_simulated_one() =>
        Refused(() =>
            alipay.OpenInProduction("https://shop.example", ("Address", alipay.Simulator.Address.ToString()))
        );

    [Fact]
    public void No_shop_in_production_is_told_of_payments_without_encryption() =>
        Refused(() => alipay.OpenInProduction("http://shop.example"));

    [Fact]
    public void No_shop_in_production_signs_with_a_key_that_can_be_broken() =>
        Refused(() =>
            alipay.OpenInProduction(
                "https://shop.example",
                ("KeyFile", VectorKey.WriteTo(RunFolder.Make("short")).Private)
            )
        );

    private static void Refused(Func<object> open) => Assert.Throws<OptionsValidationException>(open);
}
