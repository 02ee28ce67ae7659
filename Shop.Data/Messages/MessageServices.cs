using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Messages;

/// <summary>Registers local messages.</summary>
public static class MessageServices
{
    /// <summary>One context's local message table: for its workers, its operators and its retention.</summary>
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
        return services
            .AddSingleton<LocalMessages<TDb>>()
            .AddSingleton<ForgetMessages<TDb>>()
            .AddSingleton(provider => new MessageDesk(
                ContextName.Of<TDb>(),
                provider.GetRequiredService<Database<TDb>>().Primary,
                provider.GetRequiredService<TimeProvider>()
            ));
    }
}
