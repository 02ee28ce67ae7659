using Shop.Data.Kernel;

namespace Shop.Tests.Kernel;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("US", "NY", "US-NY")]
    [InlineData("US", " us-ny ", "US-NY")]
    [InlineData("FR", "75C", "FR-75C")]
    [InlineData("US", "New York", null)]
    [InlineData("US", "CA-ON", null)]
    [InlineData("US", "US-", null)]
    [InlineData("US", "", null)]
    public void A_region_is_known_where_it_is_written_as_a_code(
        string country,
        string text,
        string? region
    ) => Assert.Equal(region, Destination.RegionOf(country, text));

    [Fact]
    public void An_address_goes_where_its_country_its_region_and_its_postal_code_are()
    {
        var address = new Address("Ada", "1 Main Street", null, "Albany", "NY", " 12207", "US");

        Assert.Equal(new Destination("US", "US-NY", "12207"), Destination.Of(address));
        Assert.Equal(
            new Destination("IE", Region: null),
            Destination.Of(address with { CountryCode = "IE", Region = null, PostalCode = "" })
        );
    }
}
