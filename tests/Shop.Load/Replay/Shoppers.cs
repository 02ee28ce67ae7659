using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Replay;

/// <summary>Clients that buy side by side, each one invoice after the other, and what became of it.</summary>
internal sealed class Shoppers(PatientClient shop, string run, TimeProvider clock)
{
    private readonly ConcurrentQueue<PlacedOrder> _accepted = new();
    private readonly ConcurrentDictionary<string, int> _refused = new();
    private readonly Samples _placing = new();
    private readonly Shipping _shipping = new(shop);
    private int _done;
    private int _replayed;
    private int _throttled;
    private int _unanswered;
    private volatile string? _gone;

    /// <summary>Invoices that have come to an end, whichever.</summary>
    public int Done => _done;

    /// <summary>Purchases whose call had no answer for as long as clients have patience: nobody knows what became of them.</summary>
    public int Unanswered => _unanswered;

    /// <summary>The orders that the shop has promised to keep.</summary>
    public IReadOnlyCollection<PlacedOrder> Accepted => _accepted;

    /// <summary>Buys what is in the queue, until it ends or the shop is away for good.</summary>
    public Task ShopAsync(ChannelReader<Invoice> queue, int clients, CancellationToken cancel) =>
        Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(async _ =>
                {
                    await foreach (var invoice in queue.ReadAllAsync(cancel))
                    {
                        if (_gone is not null)
                        {
                            break;
                        }

                        await BuyAsync(invoice, cancel);
                        Interlocked.Increment(ref _done);
                    }
                })
        );

    /// <summary>Says how it went.</summary>
    /// <param name="took">From the first call to the last answer.</param>
    public void Print(TimeSpan took)
    {
        Report.Line("invoices played", Done);
        Report.Line("orders accepted", $"{Accepted.Count}  ({_replayed} on a repeated call)");
        Report.Line(
            "accepted per second",
            $"{Accepted.Count / took.TotalSeconds:0.0}  (in {took.TotalSeconds:0.0} s, carts included)"
        );
        Report.Line("orderPlace, repeated calls included", _placing);
        Report.Lines("refused", _refused);
        Report.Line("asked to come later", _throttled);
        Report.Line("without an answer", _gone is null ? "0" : $"{Unanswered}  (gave up: {_gone})");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Done} invoices, {Accepted.Count} orders, {shop.Retries} retries";

    private async Task BuyAsync(Invoice invoice, CancellationToken cancel)
    {
        try
        {
            var (cart, problem) = Placed.ReadCart(
                await shop.AskAsync(Operation.CartCreate, Placed.Cart(invoice.Lines), cancel)
            );
            if (cart is null)
            {
                Refuse("cart", problem);
                return;
            }

            await _shipping.SelectAsync(cart, cancel);
            await PlaceAsync(invoice, cart, cancel);
        }
        catch (ShopFaultException fault)
        {
            Refuse("error", fault.Code);
        }
        catch (ShopAwayException fault)
        {
            // Away for so long, it won't be there for the next invoice either.
            Interlocked.Increment(ref _unanswered);
            _gone = fault.Message;
        }
    }

    private async Task PlaceAsync(Invoice invoice, string cart, CancellationToken cancel)
    {
        var input = Input(invoice, cart);
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var data = await shop.AskAsync(Operation.OrderPlace, input, cancel);
            var (order, problem) = Placed.ReadOrder(data);
            if (order is { } accepted)
            {
                _placing.Add(began, Stopwatch.GetTimestamp());
                _accepted.Enqueue(accepted);
                if (data.GetProperty("orderPlace").GetProperty("replayed").GetBoolean())
                {
                    Interlocked.Increment(ref _replayed);
                }

                return;
            }

            if (problem != "THROTTLED" || Stopwatch.GetElapsedTime(began) > PatientClient.Patience)
            {
                Refuse("order", problem);
                return;
            }

            Interlocked.Increment(ref _throttled);
            await Task.Delay(Pause(data), clock, cancel);
        }
    }

    private object Input(Invoice invoice, string cart) =>
        new
        {
            input = new
            {
                // With this key and another cart, as a second replay of the run has, the answer is a conflict.
                idempotencyKey = invoice.KeyIn(run),
                cartId = cart,
                email = invoice.Email,
                shippingAddress = new
                {
                    name = invoice.Customer.Length > 0 ? $"Customer {invoice.Customer}" : "Guest",
                    line1 = $"Invoice {invoice.Number}",
                    city = "Anywhere",
                    postalCode = "0000",
                    countryCode = invoice.CountryCode,
                },
            },
        };

    // As long as the shop asks for, within bounds: a clock that is wrong must not stop the replay.
    private TimeSpan Pause(JsonElement data)
    {
        var until = data.GetProperty("orderPlace")
            .GetProperty("problems")[0]
            .GetProperty("pollAfter")
            .GetDateTimeOffset();
        return TimeSpan.FromSeconds(Math.Clamp((until - clock.GetUtcNow()).TotalSeconds, 0.05, 5));
    }

    private void Refuse(string step, string? code) =>
        _refused.AddOrUpdate($"{step}: {code ?? "no reason given"}", 1, (_, count) => count + 1);
}
