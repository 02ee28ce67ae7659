using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Shop.Data.Storage.Attempts;
using StackExchange.Redis;

namespace Shop.Data.Accounts.Attempts;

/// <summary>
/// Counts attempts to sign in, for all nodes, and slows whoever guesses without locking out the owner: attempts for one e-mail
/// from one address wait longer and longer; those from one address, and those for one e-mail from everywhere where its owner
/// has not signed in, are bounded. A device that has had a session counts by itself alone. Whether there is an account makes no
/// difference.
/// </summary>
/// <remarks>Where Redis is away no customer can sign in.</remarks>
public sealed class SignInAttempts(
    IConnectionMultiplexer redis,
    AttemptCounter counter,
    IOptions<AccountOptions> options
)
{
    /// <summary>Takes an attempt.</summary>
    /// <param name="emailKey">The e-mail's normal form.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<Attempt> TakeAsync(string emailKey, AttemptSource source, CancellationToken cancel)
    {
        // Redis holds no e-mail: its keys name no customer.
        var email = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)));
        var address = source.Address is { } from ? ClientAddress.Of(from) : null;
        var known = address is null ? null : $"attempts:{{email:{email}}}:known:{address}";
        var taken = new List<AttemptBucket>();
        foreach (var bucket in await BucketsAsync(email, address, known, source.Device, cancel))
        {
            if (await TakeAsync(bucket, cancel) is { } later)
            {
                // Nothing is compared, so it counts nowhere.
                await GiveBackAsync(taken, cancel);
                return new([], known, later);
            }

            taken.Add(bucket);
        }

        return new(taken, known, Later: null);
    }

    /// <summary>The attempt was none: nothing was compared.</summary>
    internal Task GiveBackAsync(Attempt attempt, CancellationToken cancel) =>
        GiveBackAsync(attempt.Buckets, cancel);

    /// <summary>The password was right: it counts nowhere, what was tried from there is forgotten, and the address is known.</summary>
    internal async Task SucceedAsync(Attempt attempt, CancellationToken cancel)
    {
        await GiveBackAsync(attempt.Buckets, cancel);
        await RememberAsync(attempt, cancel);
    }

    /// <summary>An account was made: that counts against the address, and against nothing else.</summary>
    internal async Task MadeAsync(Attempt attempt, CancellationToken cancel)
    {
        await GiveBackAsync(attempt.Buckets.Where(bucket => bucket.Kind != AttemptKind.Address), cancel);
        await RememberAsync(attempt, cancel);
    }

    private async Task<IReadOnlyList<AttemptBucket>> BucketsAsync(
        string email,
        string? address,
        string? known,
        SessionId? device,
        CancellationToken cancel
    )
    {
        var place = device is { } session ? $"device:{session.Value}" : $"from:{address}";
        var guesser = new AttemptBucket(
            $"attempts:{{email:{email}}}:{place}",
            options.Value.EmailAttempts,
            AttemptKind.Guesser
        );
        if (device is not null)
        {
            return [guesser];
        }

        var buckets = new List<AttemptBucket> { guesser };
        if (address is not null)
        {
            buckets.Add(
                new($"attempts:{{address:{address}}}", options.Value.AddressAttempts, AttemptKind.Address)
            );
        }

        if (known is null || !await redis.GetDatabase().KeyExistsAsync(known).WaitAsync(cancel))
        {
            buckets.Add(
                new($"attempts:{{email:{email}}}", options.Value.StrangerAttempts, AttemptKind.Strangers)
            );
        }

        return buckets;
    }

    private Task<DateTimeOffset?> TakeAsync(AttemptBucket bucket, CancellationToken cancel)
    {
        var window = options.Value.AttemptWindow;
        return bucket.Kind == AttemptKind.Guesser
            ? counter.TakeTurnAsync(bucket.Key, bucket.Most, window, cancel)
            : counter.TakeAsync(bucket.Key, bucket.Most, window, cancel);
    }

    private async Task GiveBackAsync(IEnumerable<AttemptBucket> buckets, CancellationToken cancel)
    {
        foreach (var bucket in buckets)
        {
            await counter.GiveBackAsync(bucket.Key, cancel);
        }
    }

    private async Task RememberAsync(Attempt attempt, CancellationToken cancel)
    {
        var database = redis.GetDatabase();
        foreach (var bucket in attempt.Buckets.Where(bucket => bucket.Kind == AttemptKind.Guesser))
        {
            await database.KeyDeleteAsync(bucket.Key).WaitAsync(cancel);
        }

        if (attempt.Known is { } known)
        {
            await database.StringSetAsync(known, "1", options.Value.SessionLifetime).WaitAsync(cancel);
        }
    }
}
