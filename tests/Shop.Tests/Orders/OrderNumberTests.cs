using Shop.Data.Orders;

namespace Shop.Tests.Orders;

public sealed class OrderNumberTests
{
    [Fact]
    public void Numbers_are_read_back_and_never_collide()
    {
        var seen = new HashSet<string>();
        foreach (var sequence in Enumerable.Range(1, 20_000).Select(n => (long)n).Append((1L << 40) - 1))
        {
            var text = new OrderNumber(sequence).ToString();

            Assert.Matches("^S-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", text);
            Assert.True(seen.Add(text));
            Assert.True(OrderNumber.TryParse(text, out var read));
            Assert.Equal(sequence, read.Sequence);
        }
    }

    // Printed on paper: changing this would make old numbers name other orders.
    [Fact]
    public void A_number_once_printed_stays_what_it_is() =>
        Assert.Equal("S-5E39-KAMB", new OrderNumber(1).ToString());

    [Fact]
    public void A_number_is_read_as_people_type_it()
    {
        var number = new OrderNumber(4711);
        var typed = number.ToString().ToLowerInvariant().Replace('0', 'o').Replace('1', 'l');

        Assert.True(OrderNumber.TryParse(typed, out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("S-5E39-KAMB")]
    [InlineData("#S-5E39-KAMB")]
    [InlineData("# s-5e39-kamb ")]
    [InlineData("S5E39KAMB")]
    [InlineData("S 5E39 KAMB")]
    [InlineData("S–5E39–KAMB")]
    public void Hash_blanks_and_hyphens_are_as_people_put_them(string text)
    {
        Assert.True(OrderNumber.TryParse(text, out var read));
        Assert.Equal(new OrderNumber(1), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7K2M-9QXT")]
    [InlineData("S-7K2M-9QX")]
    [InlineData("S-7K2M-9QXTT")]
    [InlineData("X-7K2M-9QXT")]
    [InlineData("S-7K2M-9QXU")]
    public void What_is_no_number_is_refused(string? text) => Assert.False(OrderNumber.TryParse(text, out _));
}
