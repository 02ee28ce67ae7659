using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Accounts.Tokens;

/// <summary>How tokens are made. Section <c>Accounts</c>; of interest to hosts that give out or read tokens.</summary>
public sealed class TokenOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = AccountOptions.Section;

    /// <summary>
    /// Encrypts the keys that sign access tokens, and makes a refresh token's successor; the same on all nodes. At least 32
    /// characters, random. With another one, nodes make new keys; what was signed before stays good to its end.
    /// </summary>
    [Required(ErrorMessage = "It is not set.")]
    [MinLength(32, ErrorMessage = "It has fewer than 32 characters.")]
    public string KeySecret { get; init; } = "";

    /// <summary>How long a key signs; then a new one is made. What it signed is good to its own end.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long an access token is good. No node asks the store about one, so this is also how long a customer who signed out, and
    /// a role that was taken away, still count.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a refresh token gives the same successor again, for a client that has not heard the answer; after it, it ends
    /// the session. 0 allows no second use.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan RefreshGrace { get; init; } = TimeSpan.FromSeconds(30);
}
