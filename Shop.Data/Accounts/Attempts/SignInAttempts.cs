using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Data.Accounts.Attempts;

/// <summary>
/// Counts attempts to sign in, for all nodes: those for one e-mail, whether or not it has an account, and those from one
/// address. One is taken before the password is looked at, so that many at once are no more than one after the other.
/// </summary>
/// <remarks>Where Redis is away no customer can sign in: a client that guesses must not gain by it.</remarks>
public sealed class SignInAttempts(
    IConnectionMultiplexer redis,
    IOptions<AccountOptions> options,
    TimeProvider clock
)
{
    private static readonly RedisScript _take = RedisScript.Load<SignInAttempts>("TakeAttempt");
    private static readonly RedisScript _giveBack = RedisScript.Load<SignInAttempts>("GiveBackAttempt");

    /// <summary>Takes an attempt.</summary>
    /// <param name="emailKey">The e-mail's normal form.</param>
    /// <param name="address">Where it comes from; null where that is not known.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null where one was taken; else when to try again.</returns>
    internal async Task<DateTimeOffset?> TakeAsync(
        string emailKey,
        IPAddress? address,
        CancellationToken cancel
    )
    {
        if (
            address is not null
            && await TakeAsync(KeyOf(address), options.Value.AddressAttempts, cancel) is { } full
        )
        {
            return full;
        }

        if (await TakeAsync(KeyOf(emailKey), options.Value.EmailAttempts, cancel) is not { } locked)
        {
            return null;
        }

        // Nothing was compared, so it does not count against the address.
        await GiveBackAsync(address, cancel);
        return locked;
    }

    /// <summary>The attempt was none: nothing was compared.</summary>
    internal async Task GiveBackAsync(string emailKey, IPAddress? address, CancellationToken cancel)
    {
        await GiveBackAsync(KeyOf(emailKey), cancel);
        await GiveBackAsync(address, cancel);
    }

    /// <summary>The password was right: what was tried for this e-mail is forgotten.</summary>
    internal async Task ForgetAsync(string emailKey, IPAddress? address, CancellationToken cancel)
    {
        await redis.GetDatabase().KeyDeleteAsync(KeyOf(emailKey)).WaitAsync(cancel);
        await GiveBackAsync(address, cancel);
    }

    /// <summary>An account was made: that counts against the address, and not against the e-mail.</summary>
    internal Task ForgetAsync(string emailKey, CancellationToken cancel) =>
        redis.GetDatabase().KeyDeleteAsync(KeyOf(emailKey)).WaitAsync(cancel);

    private async Task<DateTimeOffset?> TakeAsync(RedisKey key, int most, CancellationToken cancel)
    {
        var ends = (long)
            await _take
                .RunAsync(
                    redis.GetDatabase(),
                    [key],
                    [
                        clock.GetUtcNow().ToUnixTimeMilliseconds(),
                        (long)options.Value.AttemptWindow.TotalMilliseconds,
                        most,
                    ]
                )
                .WaitAsync(cancel);
        return ends == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ends);
    }

    private Task GiveBackAsync(IPAddress? address, CancellationToken cancel) =>
        address is null ? Task.CompletedTask : GiveBackAsync(KeyOf(address), cancel);

    private Task<RedisResult> GiveBackAsync(RedisKey key, CancellationToken cancel) =>
        _giveBack.RunAsync(redis.GetDatabase(), [key], []).WaitAsync(cancel);

    // Redis holds no e-mail: its keys name no customer.
    private static RedisKey KeyOf(string emailKey) =>
        $"attempts:{{email:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)))}}}";

    private static RedisKey KeyOf(IPAddress address) => $"attempts:{{address:{ClientAddress.Of(address)}}}";
}
