using Shop.GraphQL.Host.Embedded;

namespace Shop.Tests.Host.Embedded;

public sealed class StepsTests
{
    [Theory]
    [InlineData(0, "0 orders")]
    [InlineData(1, "1 order")]
    [InlineData(4_727, "4727 orders")]
    public void One_of_a_kind_is_told_as_one(long count, string told) =>
        Assert.Equal(told, Steps.Amount(count, "order"));
}
