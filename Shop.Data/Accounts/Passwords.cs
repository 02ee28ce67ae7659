using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Shop.Data.Accounts;

/// <summary>What a look at a password has shown.</summary>
internal enum PasswordCheck
{
    /// <summary>It is another one, or there is none to compare it with.</summary>
    Wrong,

    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is the one, hashed with fewer rounds than are wanted now.</summary>
    RightButOld,

    /// <summary>Too many wait already; nothing was compared.</summary>
    Busy,
}

/// <summary>
/// Hashes passwords, a few at a time: each takes a core for a tenth of a second, and a client that
/// guesses must not take the cores from customers. Thread-safe; one for the process.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>The fewest characters of a password, as NIST SP 800-63B has it.</summary>
    public const int MinLength = 8;

    /// <summary>The most characters of a password.</summary>
    public const int MaxLength = 128;

    // The hasher hands it to those who derive from it, and looks at nothing in it.
    private static readonly object _anybody = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly SemaphoreSlim _places;
    private readonly int _most;
    private readonly Lazy<string> _nobodys;
    private int _here;

    /// <param name="options">How many rounds, and how many at a time.</param>
    public Passwords(IOptions<AccountOptions> options)
    {
        _hasher = new(
            Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations })
        );
        _places = new(options.Value.HashingsAtOnce);
        _most = options.Value.HashingsAtOnce + options.Value.HashingsWaiting;
        _nobodys = new(() => _hasher.HashPassword(_anybody, "nobody's"));
    }

    /// <summary>What is stored of a new password; null where too many wait already.</summary>
    internal async Task<string?> HashAsync(string password, CancellationToken cancel)
    {
        string? hash = null;
        await TryAsync(() => hash = _hasher.HashPassword(_anybody, password), cancel);
        return hash;
    }

    /// <summary>Compares a password with what is stored.</summary>
    /// <param name="hash">Null where there is no account: that takes as long, and is wrong.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="cancel">Ends the wait for a place.</param>
    internal async Task<PasswordCheck> CheckAsync(string? hash, string password, CancellationToken cancel)
    {
        var result = PasswordVerificationResult.Failed;
        if (
            !await TryAsync(
                () => result = _hasher.VerifyHashedPassword(_anybody, hash ?? _nobodys.Value, password),
                cancel
            )
        )
        {
            return PasswordCheck.Busy;
        }

        return hash is null
            ? PasswordCheck.Wrong
            : result switch
            {
                PasswordVerificationResult.Success => PasswordCheck.Right,
                PasswordVerificationResult.SuccessRehashNeeded => PasswordCheck.RightButOld,
                _ => PasswordCheck.Wrong,
            };
    }

    // False where too many wait already.
    private async Task<bool> TryAsync(Action work, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _here) > _most)
            {
                return false;
            }

            await _places.WaitAsync(cancel);
            try
            {
                work();
                return true;
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();
}
