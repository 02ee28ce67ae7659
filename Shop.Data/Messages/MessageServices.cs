using Microsoft.Extensions.DependencyInjection;
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
        return services.AddSingleton<LocalMessages<TDb>>().AddSingleton<MessageDesk<TDb>>();
    }
}
