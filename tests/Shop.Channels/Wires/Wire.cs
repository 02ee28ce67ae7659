using System.Security.Cryptography;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Notices;

namespace Shop.Channels.Wires;

/// <summary>One channel's true wire: its addresses, signatures, codes and notices.</summary>
/// <param name="world">What it shares with the others.</param>
public abstract class Wire(World world)
{
    // Longer than any shop waits for a channel.
    private static readonly TimeSpan _hold = TimeSpan.FromSeconds(60);

    /// <summary>Which: as it stands in the addresses of a shop's notices, such as <c>wechat-pay</c>. Names the account, too.</summary>
    public abstract string Channel { get; }

    /// <summary>What the shop's settings of the account have to say, without <c>Payments:Accounts:{name}</c> before the names.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The channel's true pauses between tries of a notice; after the last there is one more try.</summary>
    public abstract IReadOnlyList<TimeSpan> Pauses { get; }

    /// <summary>What it shares with the others.</summary>
    protected World World => world;

    /// <summary>Opens its addresses.</summary>
    public abstract void Map(IEndpointRouteBuilder routes);

    /// <summary>The customer pays.</summary>
    /// <exception cref="InvalidOperationException">It can't be paid: it is paid, closed, or past its time.</exception>
    /// <exception cref="KeyNotFoundException">There is no such payment.</exception>
    public abstract Trade Pay(string outNo);

    /// <summary>The customer, or the bank, declines.</summary>
    /// <exception cref="KeyNotFoundException">There is no such payment.</exception>
    public abstract Trade Decline(string outNo);

    /// <summary>A notice's number, in the channel's form.</summary>
    /// <param name="number">Unique in this run.</param>
    /// <param name="at">Now.</param>
    public abstract string NoticeId(int number, DateTimeOffset at);

    /// <summary>Signs a notice and writes it to the shop's address.</summary>
    public abstract HttpRequestMessage Write(Notice notice);

    /// <summary>Whether the channel is content with what the shop has answered its notice.</summary>
    public abstract bool IsTaken(int status, string body);

    /// <summary>Where a channel's numbers begin: a shop that is older than this process meets none of them twice.</summary>
    internal static int FirstNumber() => RandomNumberGenerator.GetInt32(1_000_000_000);

    /// <summary>Serves a call, as well or as badly as was scripted.</summary>
    /// <param name="http">The call.</param>
    /// <param name="verb">What for: <c>begin</c>, <c>query</c>, <c>close</c>, <c>capture</c>, <c>refund</c>, <c>refund-query</c>, <c>bill</c>.</param>
    /// <param name="outNo">Of which payment; null where it is of none.</param>
    /// <param name="answer">
    /// Does it and signs the answer. Minds of the fault only what concerns those two: to refuse, and to sign not at all, wrongly,
    /// or another text.
    /// </param>
    protected async Task ServeAsync(
        HttpContext http,
        string verb,
        string? outNo,
        Func<CallFault, WireAnswer> answer
    )
    {
        var fault = world.Misbehaviour.OfCall(Channel, verb, outNo);
        var bad = new WireAnswer(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>");
        switch (fault.Kind)
        {
            case CallFaultKind.HoldBefore:
                await HoldAsync(http);
                return;
            case CallFaultKind.CutBefore:
                http.Abort();
                return;
            case CallFaultKind.ErrorBefore:
                await bad.WriteAsync(http.Response);
                return;
        }

        var good = answer(fault);
        switch (fault.Kind)
        {
            case CallFaultKind.HoldAfter:
                await HoldAsync(http);
                return;
            case CallFaultKind.CutAfter:
                http.Abort();
                return;
            case CallFaultKind.ErrorAfter:
                await bad.WriteAsync(http.Response);
                return;
            default:
                await good.WriteAsync(http.Response);
                return;
        }
    }

    /// <summary>Marks a payment as paid now, in one step.</summary>
    /// <exception cref="InvalidOperationException">It can't be paid: it is paid, closed, or past its time.</exception>
    protected Trade MarkPaid(string outNo) =>
        world.Trades.Change(
            Channel,
            outNo,
            trade =>
                trade.Status is TradeStatus.Offered or TradeStatus.Open or TradeStatus.Declined
                && !(trade.ExpiresAt <= world.Clock.GetUtcNow())
                    ? trade with
                    {
                        Status = TradeStatus.Paid,
                        PaidAt = world.Clock.GetUtcNow(),
                        PaidMinor = trade.Minor,
                    }
                    : throw new InvalidOperationException($"{outNo} can't be paid: it is {trade.Status}.")
        );

    private async Task HoldAsync(HttpContext http)
    {
        await Task.Delay(_hold, world.Clock, http.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Abort();
    }
}
