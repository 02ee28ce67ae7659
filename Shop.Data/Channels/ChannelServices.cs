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
                check.Validate(
                    options => options.HasTimeZone,
                    $"{ChannelOptions.Section}:{nameof(ChannelOptions.TimeZone)} is no time zone."
                )
        );
}
