using Shop.Data.Kernel;
using Shop.Data.Payments;
using Shop.Data.Payments.Books;
using Shop.Data.Payments.Channels;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Books;

/// <summary>What staff does about differences, and what is forgotten of the books.</summary>
public sealed class StaffBooksTests(PaymentShop payments) : IClassFixture<PaymentShop>, IAsyncLifetime
{
    private Reconciling _books = null!;

    public async ValueTask InitializeAsync() => _books = await Reconciling.StartAsync(payments);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_difference_that_staff_is_done_with_is_audited_once_and_keeps_its_first_note()
    {
        _books.Bill(0, Lines.Paid("S123", 500));
        _books.Days(1);
        await _books.FoundAsync(0);
        var id = Assert.Single(await payments.DifferencesAsync()).Id;
        var before = await payments.CountAsync("payments.audit_entry");

        Assert.Equal(new ResolveDifferenceResult.Resolved(id), await ResolveAsync(id, "Booked by hand"));
        Assert.Equal(new ResolveDifferenceResult.Resolved(id), await ResolveAsync(id, "Again"));

        var resolved = Assert.Single(await payments.DifferencesAsync());
        Assert.Equal(
            (payments.Shop.Clock.GetUtcNow(), "Booked by hand"),
            (resolved.ResolvedAt, resolved.Note)
        );
        Assert.Equal(before + 1, await payments.CountAsync("payments.audit_entry"));
        Assert.Equal(
            1,
            await payments.CountAsync(
                $"payments.audit_entry where action = 'paymentDifferenceResolve' and subject_id = {id.Value}"
            )
        );
        // Found again, it stays done with.
        await _books.RunAsync(0);
        Assert.Equivalent(resolved, Assert.Single(await payments.DifferencesAsync()), strict: true);
    }

    [Fact]
    public async Task A_difference_that_is_not_there_cannot_be_resolved() =>
        Assert.IsType<ResolveDifferenceResult.NotFound>(await ResolveAsync(new(1), note: null));

    [Fact]
    public async Task A_comparison_that_staff_has_asked_for_is_audited_whatever_came_of_it()
    {
        _books.Bill(0, Lines.Paid("S123", 500));
        payments.Channel.Bills[_books.Day(1)] = new BillReading.Broken("wrong digest");
        _books.Days(3);
        await payments.ExecuteAsync("truncate payments.audit_entry");

        await _books.RunAsync(0);
        await _books.RunAsync(1);
        await _books.RunAsync(2);
        // What never began was no run, and the job's are nobody's.
        await _books.RunAsync(3);
        await _books.RunAsync(0, account: "none");
        await _books.RunAsync();

        Assert.Equal(
            [
                $"{_books.Day(0):yyyyMMdd} Compared 1 1",
                $"{_books.Day(1):yyyyMMdd} Broken  ",
                $"{_books.Day(2):yyyyMMdd} NotYet  ",
            ],
            await payments.ListAsync(
                $"""
                select concat_ws(' ', subject_id, after ->> 'result', coalesce(after ->> 'lines', ''), coalesce(after ->> 'found', ''))
                from payments.audit_entry
                where action = 'paymentReconcile' and actor_id = {_books.Staff.Value} and after ->> 'account' = 'main'
                order by id
                """
            )
        );
        Assert.Equal(3, await payments.CountAsync("payments.audit_entry"));
    }

    [Fact]
    public async Task Notices_and_bills_are_forgotten_when_their_time_is_over()
    {
        var forget = payments.Shop.Get<ForgetNotices>();
        await payments.ExecuteAsync(
            $"""
            insert into payments.notice (channel, account, notice_key, body, outcome, received_at)
            values (4, 'main', 'evt_1', '', 1, '{payments.Shop.Clock.GetUtcNow():O}')
            """
        );
        _books.Bill(0, Lines.Paid("X1", 500), Lines.Paid("X2", 500));
        _books.Days(1);
        await _books.RunAsync(0);
        payments.Shop.Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(0, await forget.RunAsync(CancellationToken.None));

        payments.Shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await forget.RunAsync(CancellationToken.None));
        Assert.Equal(0, await payments.CountAsync("payments.notice"));
        payments.Shop.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, await forget.RunAsync(CancellationToken.None));
        Assert.Equal(0, await forget.RunAsync(CancellationToken.None));

        Assert.Equal(0, await payments.CountAsync("payments.bill"));
        Assert.Equal(0, await payments.CountAsync("payments.bill_line"));
    }

    private Task<ResolveDifferenceResult> ResolveAsync(DifferenceId id, string? note) =>
        payments
            .Shop.Get<ResolveDifference>()
            .RunAsync(id, note, payments.Shop.Get<NewId>().Next<CustomerId>(), CancellationToken.None);
}
