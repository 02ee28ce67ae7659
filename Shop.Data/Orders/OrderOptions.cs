using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Orders;

/// <summary>How orders are taken. Section <c>Orders</c>.</summary>
public sealed class OrderOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Orders";

    /// <summary>How long the stock of an unpaid order is held. Half an hour lets a shopper find the card.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan PaymentTerm { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long after that an unpaid order is called off: money that was paid in time may be told of a little later. What comes
    /// later still goes back.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan PaymentGrace { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Placements that may wait for a writer. More are throttled at once: a full queue is some 200 ms of work.</summary>
    [Range(1, 100_000)]
    public int IntakeCapacity { get; init; } = 4096;

    /// <summary>
    /// Transactions that write placements side by side. While one commits, the next batch gathers; a second writer made the
    /// batches half as large and the orders a third fewer. More are for a PostgreSQL whose commits take long.
    /// </summary>
    [Range(1, 32)]
    public int IntakeWriters { get; init; } = 1;

    /// <summary>Placements that one transaction takes at most.</summary>
    [Range(1, 1000)]
    public int IntakeBatch { get; init; } = 256;

    /// <summary>How long a throttled client is asked to wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ThrottledFor { get; init; } = TimeSpan.FromSeconds(1);
}
