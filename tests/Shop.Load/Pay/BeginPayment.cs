using System.Text.Json;
using Shop.GraphQL.Engine.Schema;
using Shop.Load.Client;

namespace Shop.Load.Pay;

/// <summary>How customers begin to pay: at the shop, and then on the channel's page, where they are sent to one.</summary>
internal sealed class BeginPayment(PatientClient shop, TimeProvider clock) : IDisposable
{
    // A message that a killed job host held is another's after 15 s. A call without an answer is asked for after 5, 10, 20 … s, and
    // some of these questions are not answered either.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _browser = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    );

    /// <summary>Begins, as often as it takes until the customer can pay.</summary>
    public async Task<Begun> RunAsync(PlacedOrder order, PaymentWay way, Guid key, CancellationToken cancel)
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

    public void Dispose() => _browser.Dispose();
}

/// <summary>What can be paid now.</summary>
/// <param name="Id">As GraphQL calls it.</param>
/// <param name="Way">How.</param>
/// <param name="Number">As its channel calls it.</param>
internal sealed record Begun(string Id, PaymentWay Way, string Number);
