using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments;

/// <summary>Calls whose outcome nobody can tell.</summary>
internal static class Unknown
{
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes a call that is ended if it takes too long, and asserts that it says nothing.</summary>
    public static async Task Async<T>(Func<CancellationToken, Task<T>> call)
    {
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            var outcome = await call(limit.Token);
            Assert.True(
                outcome is BeginOutcome.Unknown or Finding.Unknown or RefundFinding.Unknown,
                $"It says {outcome}."
            );
        }
        catch (Exception fault)
            when (fault is NoAnswerException or HttpRequestException or OperationCanceledException)
        {
            // As the seam has it.
        }
    }
}
