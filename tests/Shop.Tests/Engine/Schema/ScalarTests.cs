namespace Shop.Tests.Engine.Schema;

public sealed class ScalarTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    [Fact]
    public async Task Money_and_times_are_written_as_the_contract_says()
    {
        var data = await graph.DataAsync(
            """{ book(by: { title: "Volume 2" }) { price { amount currencyCode } printedAt } }"""
        );

        Assert.Equal(
            """{"book":{"price":{"amount":"2.90","currencyCode":"EUR"},"printedAt":"2026-03-01T08:30:00.25Z"}}""",
            data.GetRawText()
        );
    }

    [Theory]
    [InlineData("at", "DateTime", "2026-03-01T09:30:00+01:00", "2026-03-01T08:30:00.0000000+00:00||||||")]
    [InlineData("at", "DateTime", "2026-03-01T09:30:00.123Z", "2026-03-01T09:30:00.1230000+00:00||||||")]
    [InlineData("amount", "Decimal", "12.90", "|12.90|||||")]
    [InlineData("amount", "Decimal", "-0.1", "|-0.1|||||")]
    [InlineData(
        "key",
        "UUID",
        "0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7",
        "||0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7||||"
    )]
    [InlineData("url", "URL", "https://shop.example/a?b=c", "|||https://shop.example/a?b=c|||")]
    [InlineData("country", "CountryCode", "GB", "||||GB||")]
    [InlineData("currency", "CurrencyCode", "GBP", "|||||GBP|")]
    public async Task A_good_value_arrives_as_a_variable_and_as_a_literal(
        string name,
        string type,
        string value,
        string echo
    )
    {
        var literal = type == "CurrencyCode" ? value : $"\"{value}\"";

        Assert.Equal(
            echo,
            (await graph.DataAsync($"query ($v: {type}) {{ echo({name}: $v) }}", new { v = value }))
                .GetProperty("echo")
                .GetString()
        );
        Assert.Equal(
            echo,
            (await graph.DataAsync($"{{ echo({name}: {literal}) }}")).GetProperty("echo").GetString()
        );
    }

    [Theory]
    [InlineData("at", "DateTime", "2026-03-01T09:30:00")]
    [InlineData("at", "DateTime", "2026-03-01")]
    [InlineData("amount", "Decimal", "1,5")]
    [InlineData("amount", "Decimal", "1e3")]
    [InlineData("amount", "Decimal", " 1")]
    [InlineData("key", "UUID", "{0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7}")]
    [InlineData("url", "URL", "javascript:alert(1)")]
    [InlineData("url", "URL", "/relative")]
    [InlineData("currency", "CurrencyCode", "DEM")]
    public async Task A_bad_value_is_refused_both_ways(string name, string type, string value)
    {
        var literal = type == "CurrencyCode" ? value : $"\"{value}\"";

        Assert.Equal(
            "VALIDATION_FAILED",
            (await graph.ErrorAsync($"query ($v: {type}) {{ echo({name}: $v) }}", new { v = value })).Code
        );
        Assert.Equal("VALIDATION_FAILED", (await graph.ErrorAsync($"{{ echo({name}: {literal}) }}")).Code);
    }
}
