using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Data.Storage;

namespace Shop.Data.Messages;

/// <summary>Registers what delivers local messages.</summary>
public static class MessageServices
{
    /// <summary>One context's local message table, for its workers and its operators.</summary>
    public static IServiceCollection AddLocalMessages<TDb>(this IServiceCollection services)
        where TDb : ContextDb
    {
        services
            .AddOptionsWithValidateOnStart<MessageOptions>()
            .BindConfiguration(MessageOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => options.RetryAfter(options.MaxAttempts) < options.Retention,
                "Messages: a message's last retry must come before its inbox entry is removed."
            );
        return services.AddSingleton<LocalMessages<TDb>>().AddMessageDesk<TDb>();
    }

    /// <summary>The operators' side alone, for a host that leaves delivery to others. Safe to repeat.</summary>
    public static IServiceCollection AddMessageDesk<TDb>(this IServiceCollection services)
        where TDb : ContextDb
    {
        services.TryAddSingleton<MessageDesk<TDb>>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<MessageDesk, MessageDesk<TDb>>(provider =>
                provider.GetRequiredService<MessageDesk<TDb>>()
            )
        );
        return services;
    }
}
