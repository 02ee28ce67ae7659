using System.Net;
using Microsoft.Extensions.Options;
using Shop.Data.Storage.Attempts;

namespace Shop.Data.Pricing.Codes;

/// <summary>A customer types a code.</summary>
/// <param name="Typed">In whatever case, with blanks and hyphens wherever.</param>
/// <param name="Cart">For which cart.</param>
/// <param name="Address">Where they are; null where that is not known.</param>
public sealed record TryCodeRequest(string Typed, CartId Cart, IPAddress? Address);

/// <summary>Every way <see cref="TryCode"/> can end.</summary>
public abstract record TryCodeResult
{
    private TryCodeResult() { }

    /// <summary>There is such a code, and it can be used.</summary>
    /// <param name="Code">As it is stored.</param>
    public sealed record Taken(string Code) : TryCodeResult;

    /// <summary>It is not taken.</summary>
    public sealed record Refused(RefusedCode Code) : TryCodeResult;

    /// <summary>Too many were tried that are none; this one was not looked up.</summary>
    public sealed record Throttled(DateTimeOffset PollAfter) : TryCodeResult;
}

/// <summary>
/// Looks a code up for a customer who may be guessing: what is no code counts as an attempt, for the cart and for the address. One that
/// there is costs nothing, also where it is over.
/// </summary>
public sealed class TryCode(
    FindCodes findCodes,
    CurrentQuotes quotes,
    AttemptCounter attempts,
    IOptions<CodeOptions> options
)
{
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    /// <exception cref="StackExchange.Redis.RedisException">Redis is away; nothing was looked up.</exception>
    public async Task<TryCodeResult> RunAsync(TryCodeRequest request, CancellationToken cancel)
    {
        // What can be no code tells nobody anything.
        if (CodeText.Of(request.Typed) is not { } code)
        {
            return new TryCodeResult.Refused(new(request.Typed, CodeRefusal.Unknown));
        }

        var cart = $"attempts:{{code:cart:{request.Cart.Secret}}}";
        var address = request.Address is { } from
            ? $"attempts:{{code:address:{ClientAddress.Of(from)}}}"
            : null;
        if (await TakeAsync(cart, address, cancel) is { } later)
        {
            return new TryCodeResult.Throttled(later);
        }

        var found = await findCodes.RunAsync([code], cancel);
        var refusal = await quotes.RefusalOfAsync(found[0], cancel);
        if (refusal != CodeRefusal.Unknown)
        {
            await GiveBackAsync(cart, cancel);
            await GiveBackAsync(address, cancel);
        }

        return refusal is { } reason
            ? new TryCodeResult.Refused(new(code, reason))
            : new TryCodeResult.Taken(code);
    }

    private async Task<DateTimeOffset?> TakeAsync(string cart, string? address, CancellationToken cancel)
    {
        var (limits, window) = (options.Value, options.Value.AttemptWindow);
        if (
            address is not null
            && await attempts.TakeAsync(address, limits.AddressAttempts, window, cancel) is { } later
        )
        {
            return later;
        }

        if (await attempts.TakeTurnAsync(cart, limits.CartAttempts, window, cancel) is { } turn)
        {
            // Nothing is looked up, so it counts nowhere.
            await GiveBackAsync(address, cancel);
            return turn;
        }

        return null;
    }

    private Task GiveBackAsync(string? bucket, CancellationToken cancel) =>
        bucket is null ? Task.CompletedTask : attempts.GiveBackAsync(bucket, cancel);
}
