using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Shop.Data.Payments.Channels;

/// <summary>A merchant's account at a channel, as the settings have it: section <c>Payments:Accounts:{name}</c>.</summary>
/// <param name="name">What the shop calls it: a part of the address of its notices.</param>
/// <param name="code">At which channel.</param>
/// <param name="publicAddress">Where the shop is reached from outside.</param>
/// <param name="settings">Its section.</param>
/// <param name="http">For its calls alone.</param>
/// <param name="isProduction">Whether only true channels will do.</param>
/// <param name="clock">Tells the time.</param>
public sealed class ChannelAccount(
    string name,
    PaymentChannelCode code,
    Uri publicAddress,
    IConfigurationSection settings,
    ChannelHttp http,
    bool isProduction,
    TimeProvider clock
)
{
    /// <summary>What the shop calls it.</summary>
    public string Name => name;

    /// <summary>At which channel.</summary>
    public PaymentChannelCode Code => code;

    /// <summary>Whether only true channels will do, with keys that are long enough.</summary>
    public bool IsProduction => isProduction;

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock => clock;

    /// <summary>For its calls alone.</summary>
    public ChannelHttp Http => http;

    /// <summary>Where the channel sends its notices to.</summary>
    public Uri NotifyUrl { get; } = new(publicAddress, $"payments/notify/{code.Slug()}/{name}");

    /// <summary>The settings that this channel takes.</summary>
    /// <exception cref="OptionsValidationException">They are not whole, or out of their ranges.</exception>
    public TOptions Settings<TOptions>()
        where TOptions : class, new()
    {
        var options = settings.Get<TOptions>() ?? new TOptions();
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true))
        {
            throw Refused(string.Join(' ', faults.Select(fault => fault.ErrorMessage)));
        }

        return options;
    }

    /// <summary>Where the channel is: its own address, or <c>Address</c> of the settings.</summary>
    /// <param name="official">Its own.</param>
    /// <param name="testHosts">Hosts of its test system: not for production.</param>
    /// <exception cref="OptionsValidationException">The setting leads to neither, nor to this machine.</exception>
    public Uri AddressOr(Uri official, params ReadOnlySpan<string> testHosts)
    {
        if (settings["Address"] is not { Length: > 0 } text)
        {
            return official;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            throw Refused("Address is no address.");
        }

        return
            address.Host == official.Host && address.Scheme == Uri.UriSchemeHttps
            || !isProduction && (address.IsLoopback || testHosts.Contains(address.Host))
            ? address
            : throw Refused($"Address leads to {address.Host}, which is not the channel.");
    }

    /// <summary>Says which setting is at fault.</summary>
    public OptionsValidationException Refused(string why) =>
        new(name, GetType(), [$"Payments:Accounts:{name}: {why}"]);
}
