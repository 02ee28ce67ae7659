using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Findings;

/// <summary>The questions that a channel is asked about a payment which nobody has told of.</summary>
internal static class AskChannel
{
    /// <summary>Closes it, where that can be done, and asks what it has come to.</summary>
    /// <returns><see cref="Finding.Closed"/> where it is unpaid, and closed as well as the channel can.</returns>
    public static async Task<Finding> EndAsync(
        this PaymentAccount account,
        Payment payment,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        if (account.Traits.CanClose)
        {
            var closed = await account.CloseAsync(payment.Ref, limit, cancel);
            if (closed is Finding.Paid or Finding.Held or Finding.Unknown)
            {
                return closed;
            }
        }

        var found = await account.QueryAsync(payment.Ref, limit, cancel);
        // What has no close, or was never opened there, is watched until nothing can come of it.
        return found is Finding.Waiting or Finding.NotFound ? new Finding.Closed() : found;
    }
}
