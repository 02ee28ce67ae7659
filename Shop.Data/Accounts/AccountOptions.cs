using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Accounts;

/// <summary>How customers sign in, and how long they stay signed in. Section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Accounts";

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512 for a new password: what OWASP advises, a tenth of a second. A password that was hashed
    /// with fewer is hashed anew when its owner signs in.
    /// </summary>
    [Range(100_000, 10_000_000)]
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>
    /// Passwords that a node hashes at the same time. Each takes a core: with one, a client that
    /// guesses passwords leaves the others to customers.
    /// </summary>
    [Range(1, 64)]
    public int HashingsAtOnce { get; init; } = 1;

    /// <summary>Passwords that may wait to be hashed; more are throttled at once. 32 wait three seconds.</summary>
    [Range(0, 10_000)]
    public int HashingsWaiting { get; init; } = 32;

    /// <summary>
    /// Wrong passwords for one e-mail from one address or device, whether or not it has an account, before each next one has to
    /// wait: a second, and twice as long each time, up to the window. Ten are enough for a tired owner.
    /// </summary>
    [Range(1, 1000)]
    public int EmailAttempts { get; init; } = 10;

    /// <summary>
    /// Wrong passwords for one e-mail in a window from all addresses and devices from which its owner has not signed in. More
    /// wait for the next window, and the owner does not; NIST SP 800-63B has a hundred.
    /// </summary>
    [Range(1, 100_000)]
    public int StrangerAttempts { get; init; } = 100;

    /// <summary>
    /// Wrong passwords and new accounts from one address in a window. Many people can share one, so it is generous.
    /// </summary>
    [Range(1, 100_000)]
    public int AddressAttempts { get; init; } = 100;

    /// <summary>How long attempts count, from the first one on; and the longest wait of one who guesses.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AttemptWindow { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a client is asked to wait when too many passwords wait to be hashed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ThrottledFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a session lives after its last use. A month: people come back after pay day.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a session that is over is still known, so that a client that asks learns what became of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SessionRetention { get; init; } = TimeSpan.FromDays(30);
}
