using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Engine.Documents;

public sealed class EnumHintTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Theory]
    [InlineData("{ orders(where: { status: { eq: PAYED } }) { nodes { number } } }")]
    [InlineData("query ($s: OrderStatus) { orders(where: { status: { eq: $s } }) { nodes { number } } }")]
    public async Task A_value_that_an_enum_has_not_is_answered_with_those_that_it_has(string query)
    {
        var answer = await shop.AnswerAsync(Askers.Staff(StaffRole.Orders), query, new { s = "PAYED" });

        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Contains(
            "OrderStatus has PENDING, AWAITING_PAYMENT, PAID",
            error.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("VALIDATION_FAILED", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.True(error.TryGetProperty("locations", out _));
    }

    [Theory]
    [InlineData("1e0")]
    [InlineData("1.0")]
    [InlineData("1")]
    public async Task A_whole_number_is_one_however_it_is_written(string number)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            "query ($n: Int) { products(first: $n) { nodes { id } } }",
            System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
                $$"""{ "n": {{number}} }"""
            )
        );

        Assert.Equal(0, answer.GetProperty("products").GetProperty("nodes").GetArrayLength());
    }
}
