using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Shop.Channels;
using Shop.GraphQL.Engine.Schema;
using Shop.Load.Client;

namespace Shop.Load.Pay;

/// <summary>
/// Customers who buy and pay, each by the next way. Most pay once, and half of them come back to the shop's page. Some begin twice
/// with one key, some try two ways and pay by both where they can, some pay for what they have just called off.
/// </summary>
internal sealed class PayingCustomers(
    PatientClient shop,
    ChannelSimulator channels,
    Shelf shelf,
    TimeProvider clock
) : IDisposable
{
    private const int Kinds = 20;

    // A message that a killed job host held is another's after 15 s, and a call without an answer is asked for after 5.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly Buyer _buyer = new(shop);
    private readonly ConcurrentDictionary<string, int> _refused = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly HttpClient _browser = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    );
    private int _placed;
    private int _paid;
    private int _doubled;
    private int _calledOff;

    /// <summary>Orders that were placed.</summary>
    public int Placed => _placed;

    /// <summary>Times that money was taken.</summary>
    public int Paid => _paid;

    /// <summary>Orders that were called off before they were paid.</summary>
    public int CalledOff => _calledOff;

    /// <summary>Calls that were answered with another payment than the first call of their key.</summary>
    public int Doubled => _doubled;

    /// <summary>Calls that had no good answer, by reason: there should be none.</summary>
    public IReadOnlyDictionary<string, int> Refused => _refused;

    /// <summary>The n-th customer.</summary>
    public async Task BuyAsync(int n, CancellationToken cancel)
    {
        try
        {
            var cart = await _buyer.CartAsync(shelf.At(n), cancel);
            var order = await _buyer.PlaceAsync(cart, n, cancel);
            Interlocked.Increment(ref _placed);
            await PayAsync(n, order, cancel);
        }
        catch (ShopFaultException fault)
        {
            Refuse(fault.Code);
        }
        catch (ShopAwayException fault)
        {
            Refuse(fault.Message);
        }
    }

    /// <summary>Returns once money was taken so many times; for one who waits.</summary>
    public async Task PaidAsync(int times, CancellationToken cancel)
    {
        while (_paid < times)
        {
            await _bell.Reader.ReadAsync(cancel);
        }
    }

    public void Dispose() => _browser.Dispose();

    private async Task PayAsync(int n, PlacedOrder order, CancellationToken cancel)
    {
        var (way, other) = (Way(n), Way(n + 1));
        var (kind, key) = (n % Kinds, Guid.CreateVersion7());
        var begun = await BeginAsync(order, way, key, cancel);
        switch (kind)
        {
            case 3 when (await BeginAsync(order, way, key, cancel)).Number != begun.Number:
                Interlocked.Increment(ref _doubled);
                break;
            case 7:
                var second = await BeginAsync(order, other, Guid.CreateVersion7(), cancel);
                Pay(begun);
                begun = second;
                break;
            case 13:
                await CallOffAsync(order, cancel);
                break;
        }

        Pay(begun);
        if (kind % 2 == 0)
        {
            var input = new { paymentId = begun.Id, accessKey = order.AccessKey };
            await shop.AskAsync(PayOperation.Check, new { input }, cancel);
        }
    }

    private static PaymentWay Way(int n) => PaymentWay.All[n % PaymentWay.All.Count];

    /// <summary>Begins, as often as it takes until the customer can pay.</summary>
    private async Task<Begun> BeginAsync(
        PlacedOrder order,
        PaymentWay way,
        Guid key,
        CancellationToken cancel
    )
    {
        var (began, pause, why) = (clock.GetTimestamp(), _firstPause, "");
        while (clock.GetElapsedTime(began) < _patience)
        {
            var input = PayOperation.BeginInput(order, way.Channel, way.Method, key);
            var data = await shop.AskAsync(PayOperation.Begin, input, cancel);
            var answer = data.GetProperty("paymentBegin");
            var payment = answer.GetProperty("payment");
            why = GraphAnswer.Problem(answer) ?? payment.GetProperty("status").GetString()!;
            if (
                payment.ValueKind == JsonValueKind.Object
                && payment.GetProperty("nextAction") is { ValueKind: JsonValueKind.Object } action
            )
            {
                await GoAsync(action, cancel);
                var id = payment.GetProperty("id").GetString()!;
                return new(id, way, $"S{GlobalId.Parse(id).Key}");
            }

            // A begin without an answer that can't be repeated has come to its end.
            key = why == "CANCELLED" ? Guid.CreateVersion7() : key;
            await Task.Delay(pause, clock, cancel);
            pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
        }

        throw new ShopFaultException(why, "It could not be begun.");
    }

    /// <summary>To the channel's page, where that is what comes next.</summary>
    private async Task GoAsync(JsonElement action, CancellationToken cancel)
    {
        if (action.GetProperty("__typename").GetString() != "RedirectTo")
        {
            return;
        }

        using var request = new HttpRequestMessage(
            HttpMethod.Parse(action.GetProperty("method").GetString()!),
            action.GetProperty("url").GetString()
        );
        if (request.Method == HttpMethod.Post)
        {
            var fields = action.GetProperty("fields").EnumerateArray();
            request.Content = new FormUrlEncodedContent(
                fields.Select(field =>
                    KeyValuePair.Create(
                        field.GetProperty("name").GetString()!,
                        field.GetProperty("value").GetString()
                    )
                )
            );
        }

        using var page = await _browser.SendAsync(request, cancel);
    }

    private async Task CallOffAsync(PlacedOrder order, CancellationToken cancel)
    {
        if (await _buyer.CancelAsync(order, cancel) is { } problem)
        {
            Refuse(problem);
        }
        else
        {
            Interlocked.Increment(ref _calledOff);
        }
    }

    private void Pay(Begun begun)
    {
        try
        {
            channels.Pay(begun.Way.Slug, begun.Number);
            Interlocked.Increment(ref _paid);
            _bell.Writer.TryWrite(true);
        }
        catch (InvalidOperationException)
        {
            // It was closed in time.
        }
    }

    private void Refuse(string reason) => _refused.AddOrUpdate(reason, 1, (_, count) => count + 1);

    /// <summary>What can be paid now.</summary>
    /// <param name="Id">As GraphQL calls it.</param>
    /// <param name="Way">How.</param>
    /// <param name="Number">As its channel calls it.</param>
    private sealed record Begun(string Id, PaymentWay Way, string Number);
}
