using Microsoft.EntityFrameworkCore;
using Shop.Data.Payments;
using Shop.Data.Payments.Books;
using Shop.Data.Payments.Channels;
using Shop.Data.Storage;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Books;

/// <summary>How a channel's book of a day is read, and when.</summary>
public sealed class ReconcileChannelsTests(PaymentShop payments) : IClassFixture<PaymentShop>, IAsyncLifetime
{
    private Reconciling _books = null!;

    public async ValueTask InitializeAsync() => _books = await Reconciling.StartAsync(payments);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Books_that_say_the_same_have_no_difference_and_are_read_once()
    {
        var paid = await payments.PaidAsync();
        var refund = await payments.RefundedAsync(paid, 300);
        _books.Bill(0, Lines.Of(paid), Lines.Of(paid, refund));
        _books.Bill(1);
        _books.Days(2);

        Assert.Equal(2, await _books.RunAsync());
        Assert.Equal(0, await _books.RunAsync());

        Assert.Empty(await payments.DifferencesAsync());
        var bill = await BillAsync(_books.Day(0));
        Assert.Equal(("digest", 2), (bill.Digest, bill.LineCount));
        Assert.NotNull(bill.ComparedAt);
        Assert.Equal(
            ("", 0),
            ((await BillAsync(_books.Day(1))) is var none ? (none.Digest, none.LineCount) : default)
        );
        // The third of the last three days is not there yet, and asked for each time.
        Assert.Single(payments.Channel.Calls, new ChannelCall("bill", $"{_books.Day(0):yyyy-MM-dd}"));
    }

    [Fact]
    public async Task A_day_is_asked_for_from_half_past_ten_in_Beijing()
    {
        _books.MoveTo(_books.Day(1), new(2, 29));

        Assert.Equal(0, await _books.RunAsync());
        Assert.DoesNotContain(new ChannelCall("bill", $"{_books.Day(0):yyyy-MM-dd}"), payments.Channel.Calls);
        _books.Bill(0);
        _books.MoveTo(_books.Day(1), new(2, 30));
        Assert.Equal(1, await _books.RunAsync());
    }

    [Fact]
    public async Task A_bill_that_is_not_made_yet_is_read_later()
    {
        _books.Days(1);

        Assert.IsType<ReconcileResult.NotYet>(await _books.RunAsync(0));
        Assert.Equal(0, await _books.RunAsync());
        Assert.Null(await FindBillAsync(_books.Day(0)));
        _books.Bill(0);
        Assert.Equal(1, await _books.RunAsync());
    }

    [Fact]
    public async Task A_day_that_is_not_over_and_an_account_that_is_not_there_have_no_bill()
    {
        _books.Bill(0);

        Assert.IsType<ReconcileResult.NotYet>(await _books.RunAsync(0));
        Assert.DoesNotContain(payments.Channel.Calls, call => call.Verb == "bill");
        Assert.IsType<ReconcileResult.NoAccount>(await _books.RunAsync(0, account: "nobody"));
    }

    [Fact]
    public async Task A_bill_with_a_wrong_digest_is_refused_and_asked_for_again()
    {
        var paid = await payments.PaidAsync();
        payments.Channel.Bills[_books.Day(0)] = new BillReading.Broken(
            "its digest is not the one that was told"
        );
        _books.Days(1);

        var result = Assert.IsType<ReconcileResult.Broken>(await _books.RunAsync(0));
        Assert.Equal("its digest is not the one that was told", result.Why);
        Assert.Null(await FindBillAsync(_books.Day(0)));
        _books.Bill(0, Lines.Of(paid));
        Assert.Equal(1, await _books.RunAsync());
        Assert.Empty(await payments.DifferencesAsync());
    }

    [Fact]
    public async Task A_bill_that_breaks_off_leaves_the_earlier_one_as_it_was()
    {
        var paid = await payments.PaidAsync();
        _books.Bill(0, Lines.Of(paid));
        _books.Days(1);
        Assert.Equal(new ReconcileResult.Compared(1, 0), await _books.RunAsync(0));
        payments.Channel.Bills[_books.Day(0)] = new BillReading.Lines("other", BreakingOffAsync());

        Assert.IsType<ReconcileResult.Broken>(await _books.RunAsync(0));

        Assert.Equal("digest", (await BillAsync(_books.Day(0))).Digest);
        Assert.Equal([paid.OutNo], await OutNosAsync(_books.Day(0)));
    }

    [Fact]
    public async Task A_bill_that_was_read_again_takes_the_place_of_the_earlier_one()
    {
        var (paid, other) = (await payments.PaidAsync(), await payments.PaidAsync());
        _books.Bill(0, Lines.Of(paid));
        _books.Days(1);
        Assert.Equal(new ReconcileResult.Compared(1, 0), await _books.RunAsync(0));
        _books.Bill(0, Lines.Of(paid), Lines.Of(other));

        Assert.Equal(new ReconcileResult.Compared(2, 0), await _books.RunAsync(0));

        Assert.Equal([paid.OutNo, other.OutNo], await OutNosAsync(_books.Day(0)));
    }

    [Fact]
    public async Task A_long_bill_is_kept_line_by_line_in_its_order()
    {
        var lines = Enumerable.Range(0, 12_000).Select(number => Lines.Paid($"OTHER{number}", 1)).ToArray();
        _books.Bill(0, lines);
        _books.Days(1);

        Assert.Equal(new ReconcileResult.Compared(12_000, 0), await _books.RunAsync(0));

        Assert.Equal(lines.Select(line => line.OutNo!), await OutNosAsync(_books.Day(0)));
    }

    private static async IAsyncEnumerable<BillLine> BreakingOffAsync()
    {
        // More than is kept at once.
        foreach (var number in Enumerable.Range(0, 7_000))
        {
            yield return Lines.Paid($"OTHER{number}", 1);
        }

        await Task.CompletedTask;
        throw new FormatException("The bill ends without its totals.");
    }

    private async Task<Bill> BillAsync(DateOnly day) =>
        await FindBillAsync(day) ?? throw new InvalidOperationException($"There is no bill of {day}.");

    private async Task<Bill?> FindBillAsync(DateOnly day)
    {
        await using var db = payments.Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db.Bills.SingleOrDefaultAsync(bill =>
            bill.Day == day && bill.Account == PaymentShop.Account
        );
    }

    private async Task<List<string>> OutNosAsync(DateOnly day)
    {
        await using var db = payments.Shop.Get<Database<PaymentsDb>>().OpenPrimary();
        return await db
            .BillEntries.Where(line => line.Day == day)
            .OrderBy(line => line.Position)
            .Select(line => line.OutNo!)
            .ToListAsync();
    }
}
