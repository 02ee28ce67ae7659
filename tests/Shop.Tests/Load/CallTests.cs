using Shop.Load;

namespace Shop.Tests.Load;

public sealed class CallTests
{
    [Fact]
    public void Options_have_bounds()
    {
        var arguments = new Arguments(["replay", "orders.csv", "--orders", "10"]);

        Assert.Equal("replay", arguments.Word());
        Assert.Equal("orders.csv", arguments.Word());
        Assert.Equal(10, arguments.Number("orders", otherwise: 5, min: 1, max: 10));
        Assert.Equal(8, arguments.Number("concurrency", otherwise: 8, min: 1, max: 256));
        arguments.NoMore();
    }

    [Theory]
    [InlineData("--orders", "0")]
    [InlineData("--orders", "11")]
    [InlineData("--orders", "many")]
    [InlineData("--colour", "red")]
    [InlineData("twice", "word")]
    public void What_nobody_asked_for_is_refused(string name, string value)
    {
        var arguments = new Arguments([name, value]);

        Assert.Throws<UsageException>(() =>
        {
            _ = arguments.Number("orders", otherwise: 5, min: 1, max: 10);
            arguments.NoMore();
        });
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/graphql", "ws://127.0.0.1:5000/graphql")]
    [InlineData("http://localhost:80/", "http://localhost/graphql", "ws://localhost/graphql")]
    public void Load_is_played_against_this_machine(string address, string graph, string socket)
    {
        Assert.Equal(new Uri(graph), ShopAddress.Parse(address).Graph);
        Assert.Equal(new Uri(socket), ShopAddress.Parse(address).Socket);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://10.0.0.1:5000")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("127.0.0.1:5000")]
    public void Load_is_played_against_no_other_machine(string address) =>
        Assert.Throws<UsageException>(() => ShopAddress.Parse(address));
}
