using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Channels;

/// <summary>Registers Channels.</summary>
public static class ChannelServices
{
    /// <summary>Its settings.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services) =>
        services.AddSettings<ChannelOptions>(
            ChannelOptions.Section,
            check =>
                check
                    .Validate(
                        options => options.HasTimeZone,
                        $"{ChannelOptions.Section}:{nameof(ChannelOptions.TimeZone)} is no time zone."
                    )
                    .Validate(
                        options => options.HasCurrencies,
                        $"{ChannelOptions.Section}:{nameof(ChannelOptions.Currencies)} has a code that is no currency."
                    )
                    .Validate(
                        options => !options.HasCurrencies || options.HasEndings,
                        $"{ChannelOptions.Section}:{nameof(ChannelOptions.Endings)} has what is no amount of one of the currencies, or is 1000 or more."
                    )
        );
}
