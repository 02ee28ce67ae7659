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
    public void Regions_narrow_it_and_what_is_not_known_is_in_none(string? region, int? closeness) =>
        Assert.Equal(closeness, new Places(["US"], ["US-NY"], []).Closeness(new("US", region)));

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
