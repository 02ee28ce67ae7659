using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Shop.GraphQL.Transport.Origins;

namespace Shop.Tests.Transport.Http;

/// <summary>Which pages may open a stream; that a browser keeps to the rest is tried with one, in tests/conformance.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("https://api.example", true)]
    [InlineData("https://API.example", true)]
    [InlineData("https://shop.example", true)]
    [InlineData("http://shop.example", false)]
    [InlineData("https://shop.example:8443", false)]
    [InlineData("https://www.shop.example", false)]
    [InlineData("https://shop.example.attacker.example", false)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("http://localhost.attacker.example:3000", false)]
    [InlineData("capacitor://localhost", true)]
    [InlineData("null", false)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public void A_page_may_stream_if_it_is_ours_or_in_the_list(string? origin, bool may)
    {
        var options = new OriginOptions
        {
            Origins = ["https://shop.example", "http://localhost:*", "capacitor://localhost"],
        };
        var request = new DefaultHttpContext().Request;
        request.Host = new("api.example");
        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        Assert.Equal(may, new OtherOrigins(Options.Create(options)).MayStream(request));
    }

    [Fact]
    public void The_own_address_has_a_port()
    {
        var origins = new OtherOrigins(Options.Create(new OriginOptions()));
        var request = new DefaultHttpContext().Request;
        request.Host = new("[::1]", 5000);

        request.Headers.Origin = "http://[::1]:5000";
        Assert.True(origins.MayStream(request));
        request.Headers.Origin = "http://[::1]:3000";
        Assert.False(origins.MayStream(request));
    }

    [Theory]
    [InlineData("https://shop.example/")]
    [InlineData("shop.example")]
    [InlineData("*")]
    [InlineData("https://user@shop.example")]
    [InlineData("https://*.shop.example/path")]
    [InlineData("")]
    public void What_no_browser_sends_is_no_origin(string text)
    {
        var options = new OriginOptions { Origins = [text] };

        var fault = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Contains($"«{text}»", fault.ErrorMessage, StringComparison.Ordinal);
    }
}
