using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Accounts;

/// <summary>What one keyboard writes as one character and another as two is the same to the shop.</summary>
public sealed class UnicodeTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Composed = "\u00E9";
    private const string Apart = "e\u0301";

    [Fact]
    public async Task An_email_and_a_password_are_known_in_either_form()
    {
        await shop.RegisterAsync($"ren{Composed}@example.com", $"p{Apart}p{Apart}p{Apart}p{Apart}");

        var signedIn = await shop.SignInAsync(
            $"REN{Apart}@example.com",
            $"p{Composed}p{Composed}p{Composed}p{Composed}"
        );
        var again = await shop.RegisterAsync($"ren{Apart}@example.com");

        Assert.Empty(signedIn.Problems);
        Assert.Equal(["EMAIL_TAKEN"], again.Problems);
    }

    [Theory]
    [InlineData("ada\u200B@example.com", "long enough", "Ada", "email")]
    [InlineData("ada@exam\u202Eple.com", "long enough", "Ada", "email")]
    [InlineData("ada@example.com", "short\u200B\u200B\u200B\u200B", "Ada", "password")]
    [InlineData("ada@example.com", "long enough", "\u200B", "name")]
    [InlineData("ada@example.com", "long enough", "A\u202Eda", "name")]
    public async Task What_hides_makes_no_account(string email, string password, string name, string field)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            "mutation ($input: CustomerRegisterInput!) { customerRegister(input: $input) { problems { code field } } }",
            new
            {
                input = new
                {
                    email,
                    password,
                    name,
                },
            }
        );

        Assert.Equal(
            $$"""[{"code":"INVALID_INPUT","field":["{{field}}"]}]""",
            $"{answer.GetProperty("customerRegister").GetProperty("problems")}"
        );
    }

    [Fact]
    public async Task A_sku_is_found_and_clashes_in_either_form()
    {
        var mug = Shelving.Mug() with { Variants = [MugVariant.Of($"TH{Apart}", "Red")] };
        await shop.SavedAsync(mug);
        var twice = await shop.SaveAsync(
            Shelving.Mug() with
            {
                Variants =
                [
                    MugVariant.Of($"CAF{Apart}", "Red"),
                    MugVariant.Of($"CAF{Composed}", "Blue"),
                    MugVariant.Of($"TH{Composed}", "Green"),
                ],
            }
        );
        var hidden = await shop.SaveAsync(
            Shelving.Mug() with
            {
                Variants = [MugVariant.Of("A\u200B", "Red")],
            }
        );
        var found = await shop.AskAsync(
            Askers.Guest,
            $$"""query ($sku: String!) { variable: productVariant(by: {sku: $sku}) { sku } literal: productVariant(by: {sku: "TH{{Apart}}"}) { sku } }""",
            new { sku = $"TH{Composed}" }
        );

        Assert.Equal(["INVALID_INPUT at variants.1.sku", "INVALID_INPUT at variants.2.sku"], twice.Problems);
        Assert.Equal(["INVALID_INPUT at variants.0.sku"], hidden.Problems);
        Assert.Equal(
            $$$"""{"variable":{"sku":"TH{{{Composed}}}"},"literal":{"sku":"TH{{{Composed}}}"}}""",
            $"{found}"
        );
    }
}
