using System.Security.Claims;
using Microsoft.Extensions.Options;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>
/// Answers operations that read the same for everybody: once for all who ask at the same time, and from memory for those
/// who ask soon after. Whatever is kept was answered in a scope without a user, so that nothing of a customer's can be
/// in it. docs/decisions/0021 says what is promised.
/// </summary>
internal sealed class PublicAnswers(
    GraphEngine engine,
    DocumentLookup documents,
    IServiceScopeFactory scopes,
    AnswerStore store,
    Changes changes,
    IOptions<AnswerCacheOptions> options,
    IOptions<TransportOptions> transport,
    TimeProvider clock
)
{
    private readonly bool _isOn = options.Value.Enabled;
    private readonly TimeSpan _staleFor = options.Value.StaleFor;
    private readonly SharedRuns _runs = new();

    /// <summary>Of what could be answered from memory: how much was. A request that waits for another's run found nothing.</summary>
    public HitCount Asked { get; } = new(clock);

    /// <summary>The kept answer to a body, which is not even parsed; null where there is none.</summary>
    /// <param name="body">As it was sent.</param>
    /// <param name="currency">What prices shall be in; null for the shop's own.</param>
    public PublicAnswer? Find(ReadOnlySpan<byte> body, string? currency)
    {
        var answer =
            !_isOn || !AnswerKey.IsKey(body) ? null
            : currency is null ? store.Find(body)
            : store.Find(AnswerKey.Of(body, currency));
        if (answer is not null)
        {
            // Else it is counted when it is known whether the operation is public.
            Asked.Hit();
        }

        return answer;
    }

    /// <summary>
    /// The answer to a request, if it asks for an operation of which it is known that each of its fields is public; else
    /// null. A document that is new is run for its sender. Where it cannot be read now, one that was good a short while ago.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="body">The same as it was sent, where it is a body of its own; else empty.</param>
    /// <param name="caller">What their transport says of who asks.</param>
    /// <param name="user">Who asks: no answer is theirs, and an answer that is not kept yet may be refused to them.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="RuleRefusal">They have to wait.</exception>
    public async ValueTask<PublicAnswer?> TryAnswerAsync(
        GraphRequest request,
        byte[] body,
        Caller caller,
        ClaimsPrincipal user,
        CancellationToken cancel
    )
    {
        if (
            !_isOn
            || await FindTextAsync(request, cancel) is not { } text
            || engine.Known(text) is not { } document
            || document.Find(request.OperationName) is not { IsPublic: true } operation
        )
        {
            return null;
        }

        var currency = caller.Currency;
        var key = AnswerKey.Of(text, request.OperationName, request.Variables, currency);
        var answer = Asked.Of(store.Find(key));
        if (answer is null)
        {
            // Each for itself: one who may not ask must not be the reason why others, who wait with them, get nothing.
            using var place = await engine.AdmitAsync(
                operation,
                request.Variables ?? Inputs.Empty,
                caller,
                user,
                cancel
            );
            answer = await _runs.ShareAsync(
                key,
                () => changes.Begin(document.AnnouncedOn),
                freshness => RunAsync(key, request, currency, freshness),
                cancel
            );
        }

        if (answer.IsMissed && store.FindOld(key) is { } old && old.Age <= _staleFor)
        {
            return old;
        }

        if (answer.IsWhole && AnswerKey.IsKey(body))
        {
            store.Keep(currency is null ? body : AnswerKey.Of(body, currency), answer);
        }

        return answer;
    }

    // Null where there is none, or it may not be run: the engine says so in its own words. And where it comes to be
    // registered, which is done by running it.
    private async ValueTask<string?> FindTextAsync(GraphRequest request, CancellationToken cancel)
    {
        try
        {
            var name = DocumentName.Of(request.DocumentId, request.Extensions);
            return name is { IsAutomatic: true } && request.Query is not null
                ? null
                : await documents.FindAsync(request.Query, name, cancel);
        }
        catch (DocumentRefused)
        {
            return null;
        }
    }

    private async Task<PublicAnswer> RunAsync(
        byte[] key,
        GraphRequest request,
        string? currency,
        Freshness freshness
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await engine.RunAsync(
            request,
            new Caller(OperationKinds.Query) { Currency = currency, IsAdmitted = true },
            scope.ServiceProvider,
            new ClaimsPrincipal(new ClaimsIdentity()),
            // The engine has a time limit of its own.
            CancellationToken.None
        );
        using var buffer = JsonBuffer.Rent(transport.Value.MaxAnswerBytes);
        ResultWriter.Write(buffer.Json, result);
        var answer = new PublicAnswer(
            buffer.Bytes.ToArray(),
            result,
            freshness.Until(scope.ServiceProvider.GetRequiredService<GoodUntil>().At)
        );
        if (answer.IsWhole)
        {
            store.Keep(key, answer);
        }

        return answer;
    }
}
