using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

/// <summary>Which parts of the map a place is in, and how closely they are drawn.</summary>
public sealed class PlacesTests
{
    [Theory]
    [InlineData("US", null, null, 0)]
    [InlineData("CA", null, null, null)]
    public void A_country_holds_all_that_is_in_it(
        string country,
        string? region,
        string? code,
        int? closeness
    )
    {
        var us = new Places(["US", "PR"], [], []);

        Assert.Equal(closeness, us.Closeness(new(country, region, code)));
    }

    [Theory]
    [InlineData("US-NY", 1)]
    [InlineData("US-NJ", null)]
    [InlineData(null, null)]
    public void A_region_is_in_it_by_itself_and_what_is_not_known_is_in_none(
        string? region,
        int? closeness
    ) => Assert.Equal(closeness, new Places(["CA"], ["US-NY"], []).Closeness(new("US", region)));

    [Theory]
    [InlineData("US-NY", 1)]
    [InlineData("US-NJ", 0)]
    public void A_region_is_closer_than_the_country_around_it(string region, int closeness) =>
        Assert.Equal(closeness, new Places(["US"], ["US-NY"], []).Closeness(new("US", region)));

    [Theory]
    [InlineData("US-NY", "10115", 3)]
    [InlineData("US-NJ", "10115", null)]
    public void Postal_codes_are_those_of_its_places(string region, string code, int? closeness) =>
        Assert.Equal(closeness, new Places([], ["US-NY"], ["101*"]).Closeness(new("US", region, code)));

    [Theory]
    [InlineData("BT*", true)]
    [InlineData("JE2 4AA", true)]
    [InlineData("*", false)]
    [InlineData("B*T", false)]
    [InlineData("", false)]
    [InlineData("123456789012345678901", false)]
    public void A_postal_code_has_a_star_at_its_end_alone(string text, bool isOne) =>
        Assert.Equal(isOne, Places.IsPostalCode(text));

    [Theory]
    [InlineData("US-NY", true)]
    [InlineData("GB-ENG", true)]
    [InlineData("NY", false)]
    [InlineData("us-ny", false)]
    [InlineData("US-NEWY", false)]
    public void A_region_is_a_code_as_the_norm_writes_it(string text, bool isOne) =>
        Assert.Equal(isOne, Destination.IsRegion(text));

    [Theory]
    [InlineData("im1 1aa", 2)]
    [InlineData("IM-99", 2)]
    [InlineData("JE2", 2)]
    [InlineData("JE24", null)]
    [InlineData("N1", null)]
    [InlineData(null, null)]
    public void Postal_codes_narrow_it_most_however_they_are_written(string? code, int? closeness) =>
        Assert.Equal(closeness, new Places(["GB"], [], ["IM*", "JE 2"]).Closeness(new("GB", null, code)));
}
