using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Problems;
using Shop.GraphQL.Shared;

namespace Shop.Tests.Kernel;

/// <summary>Whatever a person gets wrong in an address is told in one way: a problem with the field.</summary>
public sealed class AddressTests
{
    private static readonly AddressInput _good = new(
        "Ada",
        "1 Hill",
        null,
        "Prishtina",
        null,
        "10000",
        CountryCode: "XK"
    );

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "name", "" },
            { "name", new string('a', 201) },
            { "name", "\u200B" },
            { "name", "A\u202Eda" },
            { "line1", " " },
            { "line2", "two\nlines" },
            { "line2", "2\u200B" },
            { "city", "\u00A0" },
            { "city", new string('a', 101) },
            { "region", new string('a', 101) },
            { "postalCode", new string('1', 21) },
            { "countryCode", "UK" },
            { "countryCode", "gb" },
            { "countryCode", "" },
            { "countryCode", new string('G', 10_000) },
        };

    [Fact]
    public void An_address_in_Kosovo_is_one() => Assert.Empty(_good.Faults("address"));

    [Fact]
    public void A_field_that_may_be_left_out_may_be_blank_and_a_name_may_have_joiners() =>
        Assert.Empty((_good with { Name = "می\u200Cخواهم", Line2 = " ", Region = "" }).Faults("address"));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_value_that_no_address_has_is_a_problem_with_its_field(string field, string value)
    {
        var input = field switch
        {
            "name" => _good with { Name = value },
            "line1" => _good with { Line1 = value },
            "line2" => _good with { Line2 = value },
            "city" => _good with { City = value },
            "region" => _good with { Region = value },
            "postalCode" => _good with { PostalCode = value },
            _ => _good with { CountryCode = value },
        };

        var fault = Assert.IsType<InvalidInput>(Assert.Single(input.Faults("address")));
        Assert.Equal(["address", field], fault.Field);
    }

    [Theory]
    [InlineData("ada@example.org", true)]
    [InlineData("ada.lovelace+shop@mail.example.co.uk", true)]
    [InlineData("用户@例子.中国", true)]
    [InlineData("o'neil@example.org", true)]
    [InlineData("a@b", false)]
    [InlineData("<a@example.com>", false)]
    [InlineData("Ada <a@example.com>", false)]
    [InlineData("a@example.com ", false)]
    [InlineData("a@example..com", false)]
    [InlineData("a@-example.com", false)]
    [InlineData("\"a b\"@example.com", false)]
    [InlineData("a@[127.0.0.1]", false)]
    [InlineData("a@127.0.0.1", false)]
    public void An_email_is_one_that_mail_can_go_to(string text, bool isOne) =>
        Assert.Equal(isOne, EmailAddress.IsOne(text));
}
