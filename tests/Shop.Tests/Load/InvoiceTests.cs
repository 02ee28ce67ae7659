using System.Collections.Frozen;
using Shop.Load.Replay;

namespace Shop.Tests.Load;

public sealed class InvoiceTests
{
    private static readonly FrozenSet<string> _sold = Enumerable
        .Range(0, 300)
        .Select(n => $"SKU{n}")
        .Append("85123A")
        .Append("71053")
        .ToFrozenSet();

    private readonly Skipped _skipped = new();

    [Fact]
    public void An_invoice_is_one_purchase()
    {
        var invoice = Of(Row("85123A", 6), Row("71053", 8))!;

        Assert.Equal([("85123A", 6), ("71053", 8)], invoice.Lines);
        Assert.Equal("customer-17850@example.com", invoice.Email);
        Assert.Equal("GB", invoice.CountryCode);
        Assert.Empty(_skipped.Counts);
    }

    [Fact]
    public void A_cancellation_is_not_played()
    {
        Assert.Null(Of(Row("85123A", -6) with { Invoice = "C536365" }));
        Assert.Equal(1, _skipped.Counts[Skipped.Cancellation]);
    }

    [Fact]
    public void Lines_that_nobody_can_buy_are_left_out_and_counted()
    {
        var invoice = Of(
            Row("POST", 1),
            Row("85123A", 0),
            Row("85123A", -1),
            Row("85123A", null),
            Row("71053", 10_001),
            Row("85123A", 2)
        );

        Assert.Equal([("85123A", 2)], invoice!.Lines);
        Assert.Equal(1, _skipped.Counts[Skipped.UnknownSku]);
        Assert.Equal(2, _skipped.Counts[Skipped.NoQuantity]);
        Assert.Equal(1, _skipped.Counts[Skipped.Unreadable]);
        Assert.Equal(1, _skipped.Counts[Skipped.TooMany]);
    }

    [Fact]
    public void A_sku_that_stands_twice_is_bought_once_in_both_quantities()
    {
        Assert.Equal([("85123A", 7)], Of(Row("85123A", 3), Row("85123A", 4))!.Lines);
        Assert.Equal(1, _skipped.Counts[Skipped.Merged]);
    }

    [Fact]
    public void What_finds_no_room_in_a_cart_is_counted()
    {
        var rows = Enumerable.Range(0, 203).Select(n => Row($"SKU{n}", 1)).Append(Row("SKU0", 1)).ToArray();

        Assert.Equal(200, Of(rows)!.Lines.Count);
        Assert.Equal(3, _skipped.Counts[Skipped.NoRoom]);
    }

    [Fact]
    public void An_invoice_without_a_line_left_is_no_purchase()
    {
        Assert.Null(Of(Row("POST", 1)));
        Assert.Equal(1, _skipped.Counts[Skipped.NothingLeft]);
    }

    [Theory]
    [InlineData("EIRE", "IE")]
    [InlineData("Channel Islands", "JE")]
    [InlineData("Unspecified", "GB")]
    public void Countries_have_codes(string country, string code) =>
        Assert.Equal(code, Of(Row("85123A", 1) with { Country = country })!.CountryCode);

    [Fact]
    public void A_guest_has_the_address_of_the_invoice() =>
        Assert.Equal("guest-536365@example.com", Of(Row("85123A", 1) with { Customer = "" })!.Email);

    [Fact]
    public void The_key_is_the_same_for_the_same_invoice_of_the_same_run()
    {
        var invoice = Of(Row("85123A", 1))!;
        var other = invoice with { Number = "536366" };

        Assert.Equal(invoice.KeyIn("monday"), Of(Row("71053", 2))!.KeyIn("monday"));
        Assert.NotEqual(invoice.KeyIn("monday"), invoice.KeyIn("tuesday"));
        Assert.NotEqual(invoice.KeyIn("monday"), other.KeyIn("monday"));
        Assert.Equal(8, invoice.KeyIn("monday").Version);
    }

    private static OrderRow Row(string sku, int? quantity) =>
        new("536365", "17850", "United Kingdom", sku, quantity);

    private Invoice? Of(params OrderRow[] rows) => Invoice.Of(rows, _sold, _skipped);
}
