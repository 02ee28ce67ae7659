using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Telemetry;

namespace Shop.Data.Payments.Channels;

/// <summary>Makes the channel of an account.</summary>
/// <param name="Code">At which channel.</param>
/// <param name="Make">Refuses settings that will not do (<see cref="ChannelAccount.Refused"/>).</param>
internal sealed record ChannelFactory(
    PaymentChannelCode Code,
    Func<IServiceProvider, ChannelAccount, IPaymentChannel> Make
);

/// <summary>
/// The accounts that the settings name: a channel is on when it has one. Made when the host starts, so that a host whose settings
/// will not do does not start.
/// </summary>
public sealed class PaymentAccounts : IHostedService, IDisposable
{
    /// <summary>The name of the sandbox's account, which needs no settings of its own.</summary>
    public const string SandboxName = "sandbox";

    private readonly List<PaymentAccount> _all = [];
    private readonly List<ChannelHttp> _https = [];

    internal PaymentAccounts(
        IServiceProvider services,
        IEnumerable<ChannelFactory> factories,
        IConfiguration settings,
        PaymentOptions options,
        ShopMeter meter,
        TimeProvider clock,
        ILogger<PaymentAccounts> log
    )
    {
        var byCode = factories.ToDictionary(factory => factory.Code);
        foreach (var section in settings.GetSection($"{PaymentOptions.Section}:Accounts").GetChildren())
        {
            Add(section.Key, CodeOf(section), section);
        }

        if (options.Sandbox)
        {
            Add(
                SandboxName,
                PaymentChannelCode.Sandbox,
                settings.GetSection($"{PaymentOptions.Section}:SandboxAccount")
            );
        }

        if (options.Production && _all.Count > 0 && options.TokenSecrets.Count == 0)
        {
            throw Refused(SandboxName, "Payments:TokenSecrets is not set.");
        }

        void Add(string name, PaymentChannelCode code, IConfigurationSection section)
        {
            if (!byCode.TryGetValue(code, out var factory))
            {
                throw Refused(name, $"Payments:Accounts:{name}:Channel is {code}, which is not served.");
            }

            var http = new ChannelHttp();
            _https.Add(http);
            var account = new ChannelAccount(
                name,
                code,
                PublicAddress(options, name),
                section,
                http,
                options.Production,
                clock
            );
            _all.Add(new(name, factory.Make(services, account), options.CallsAtOnce, meter, clock, log));
        }
    }

    /// <summary>All of them, in the order of the settings.</summary>
    public IReadOnlyList<PaymentAccount> All => _all;

    /// <summary>An account; null where there is no such one at this channel.</summary>
    public PaymentAccount? Find(PaymentChannelCode channel, string name) =>
        _all.Find(account => account.Traits.Code == channel && account.Name == name);

    /// <summary>The same by the words of a notice's address.</summary>
    public PaymentAccount? Find(string slug, string name) =>
        _all.Find(account => account.Traits.Code.Slug() == slug && account.Name == name);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        _all.ForEach(account => account.Dispose());
        _https.ForEach(http => http.Dispose());
    }

    private static PaymentChannelCode CodeOf(IConfigurationSection section) =>
        Enum.TryParse<PaymentChannelCode>(section["Channel"], ignoreCase: true, out var code)
        && Enum.IsDefined(code)
            ? code
            : throw Refused(
                section.Key,
                $"Payments:Accounts:{section.Key}:Channel has to be one of {string.Join(", ", Enum.GetNames<PaymentChannelCode>())}."
            );

    private static Uri PublicAddress(PaymentOptions options, string name) =>
        options is { Production: true, PublicAddress: null }
            ? throw Refused(name, "Payments:PublicAddress is not set: the channels could not reach the shop.")
        : options.Production && options.Base.Scheme != Uri.UriSchemeHttps
            ? throw Refused(
                name,
                $"Payments:PublicAddress is {options.PublicAddress}; channels send their notices over https only."
            )
        : options.Base;

    private static OptionsValidationException Refused(string name, string why) =>
        new(name, typeof(PaymentOptions), [why]);
}
