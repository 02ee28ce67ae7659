using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Payments.Channels.Sandbox;

/// <summary>What a person can do on the sandbox's page.</summary>
public enum SandboxDeed
{
    /// <summary>Pays what is asked for.</summary>
    Pay,

    /// <summary>Does not want to.</summary>
    Decline,

    /// <summary>Pays although it was closed, or its time is over.</summary>
    PayLate,

    /// <summary>Pays, and the shop is told twice at once.</summary>
    PayTwice,

    /// <summary>Pays the smallest unit less than is asked for.</summary>
    PayLess,

    /// <summary>Pays, and the shop is not told.</summary>
    SayNothing,
}

/// <summary>The customer's side of the sandbox.</summary>
public sealed class PaySandboxTrade(Database<PaymentsDb> database, TimeProvider clock)
{
    /// <summary>A payment as the sandbox's page shows it; null where there is none.</summary>
    public async Task<SandboxTrade?> FindAsync(string outNo, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db.SandboxTrades.SingleOrDefaultAsync(
            trade => trade.OutNo == outNo && trade.PaymentOutNo == null,
            cancel
        );
    }

    /// <summary>Does it, if it can still be done.</summary>
    /// <param name="trade">Which, as the page has shown it.</param>
    /// <param name="deed">What.</param>
    /// <param name="cancel">Ends it; nothing was done then.</param>
    /// <returns>What the shop is to be told, at once; empty where it is told nothing.</returns>
    public async Task<IReadOnlyList<SandboxNotice>> RunAsync(
        SandboxTrade trade,
        SandboxDeed deed,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var (outNo, isPaid, isLate) = (trade.OutNo, deed != SandboxDeed.Decline, deed == SandboxDeed.PayLate);
        var minor = deed == SandboxDeed.PayLess ? trade.Minor - 1 : trade.Minor;
        var done = await database.Primary.ExecuteAsync(
            $"""
            update payments.sandbox_trade
            set paid_minor = {Sql.Value(isPaid ? minor : (long?)null)},
                paid_at = {Sql.Value(isPaid ? now : (DateTimeOffset?)null)},
                closed_at = {Sql.Value(isPaid ? trade.ClosedAt : now)}
            where out_no = {Sql.Value(outNo)} and paid_at is null
              and (closed_at is null and expires_at > {Sql.Value(now)} or {Sql.Value(isLate)})
            """,
            cancel
        );
        if (done == 0 || deed == SandboxDeed.SayNothing)
        {
            return [];
        }

        var notice = new SandboxNotice(
            $"{outNo}-{(isPaid ? "paid" : "declined")}",
            outNo,
            trade.Reference,
            isPaid,
            minor,
            trade.Currency,
            trade.Token
        );
        return deed == SandboxDeed.PayTwice ? [notice, notice] : [notice];
    }
}
