using System.Text.Json;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>Calls Stripe: a form goes out, JSON comes back.</summary>
/// <param name="http">Of the account.</param>
/// <param name="address">Where Stripe is, with a slash at its end.</param>
/// <param name="key">The secret key.</param>
internal sealed class StripeApi(ChannelHttp http, Uri address, KeyFile<string> key)
{
    /// <summary>What the answers look like. Notices have the version of their endpoint, which has to be this or a later one.</summary>
    public const string Version = "2025-03-31.basil";

    /// <summary>Reads an object or a list.</summary>
    /// <exception cref="NoAnswerException">There is no answer that says what is so.</exception>
    public Task<StripeAnswer> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(new(HttpMethod.Get, new Uri(address, path)), cancel);

    /// <summary>Makes or changes an object.</summary>
    /// <param name="path">Below the address.</param>
    /// <param name="form">Fields, by Stripe's names.</param>
    /// <param name="idempotencyKey">
    /// The first answer to it, be it a fault, is the answer to each later call for 24 hours; null where the object's own state keeps
    /// it from being changed twice.
    /// </param>
    /// <param name="cancel">Ends the call; whether it was done is unknown then.</param>
    /// <exception cref="NoAnswerException">Whether it was done is unknown.</exception>
    public Task<StripeAnswer> PostAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> form,
        string? idempotencyKey,
        CancellationToken cancel
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Content = new FormUrlEncodedContent(form),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request, cancel);
    }

    private async Task<StripeAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var _ = request;
        request.Headers.Authorization = new("Bearer", key.Key);
        request.Headers.Add("Stripe-Version", Version);
        var answer = await http.SendAsync(request, cancel);
        var isReplayed =
            answer.Headers.TryGetValues("Idempotent-Replayed", out var told) && told.Contains("true");
        // Not the key's, not the shop's turn, or not now: nothing that is said of the object itself.
        if (answer.Status is 401 or 403 or 409 or 429 || answer.Status >= 500 && !isReplayed)
        {
            throw new NoAnswerException($"Stripe answered {answer.Status}");
        }

        try
        {
            using var body = JsonDocument.Parse(answer.Body);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? new(answer.Status, body.RootElement.Clone())
                : throw new NoAnswerException("Stripe's answer is no object");
        }
        catch (JsonException fault)
        {
            throw new NoAnswerException("Stripe's answer is no JSON", fault);
        }
    }
}

/// <summary>What Stripe has answered.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">The object, or the error.</param>
internal sealed record StripeAnswer(int Status, JsonElement Body)
{
    /// <summary>Whether the body is the object.</summary>
    public bool IsDone => Status == 200;

    /// <summary>Whether there is no such object.</summary>
    public bool IsMissing => Status == 404;

    /// <summary>Stripe's code of the error, or the status.</summary>
    public string Code => Body.Object("error")?.Text("code") ?? $"http_{Status}";
}
