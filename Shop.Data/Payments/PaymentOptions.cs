using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Payments;

/// <summary>How payments are taken. Section <c>Payments</c>; the accounts stand in <c>Payments:Accounts:{name}</c>.</summary>
public sealed class PaymentOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Payments";

    /// <summary>
    /// One to four letters that begin the shop's numbers at the channels: another for each installation that shares a merchant's
    /// account, so that none takes another's payments for its own.
    /// </summary>
    [Required]
    [RegularExpression("^[A-Z]{1,4}$")]
    public string Mark { get; init; } = "S";

    /// <summary>Where the shop is reached from outside, for the channels' notices: <c>https://shop.example/</c>.</summary>
    [Url]
    public string? PublicAddress { get; init; }

    /// <summary>The same as an address; that of this machine where none is set.</summary>
    public Uri Base => new($"{(PublicAddress ?? "http://localhost").TrimEnd('/')}/");

    /// <summary>
    /// Secrets of the tokens that go to the channels and come back, 32 characters or more each: the first signs, all verify.
    /// Without one, a development start makes its own.
    /// </summary>
    public IReadOnlyList<string> TokenSecrets { get; init; } = [];

    /// <summary>Whether a payment that is not what was asked for goes back by itself, or waits for staff.</summary>
    public MismatchPolicy OnMismatch { get; init; } = MismatchPolicy.Refund;

    /// <summary>Whether customers may pay without money, on a page of the shop. Never in production.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Whether true channels only will do: no simulators, no test hosts, no addresses without TLS, no short keys.</summary>
    public bool Production { get; init; } = true;

    /// <summary>How long a call to a channel may take while a customer waits. Half of what the customer's own call may.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30", ConvertValueInInvariantCulture = true)]
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a customer's call may take as a whole.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan RequestLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long Redis is waited for when a token is looked up. Then PostgreSQL alone decides.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05", ConvertValueInInvariantCulture = true)]
    public TimeSpan TokenLimit { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a token is remembered in Redis. As long as a client may send its key again.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "7.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan TokenTerm { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long notices are kept. A quarter: as long as the channels keep their bills.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan NoticeTerm { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Calls to one account at once. More wait for their turn, within their own limit.</summary>
    [Range(1, 1000)]
    public int CallsAtOnce { get; init; } = 64;
}

/// <summary>What happens to money that came otherwise than asked for.</summary>
public enum MismatchPolicy
{
    /// <summary>It goes back.</summary>
    Refund,

    /// <summary>Staff decides.</summary>
    Ask,
}
