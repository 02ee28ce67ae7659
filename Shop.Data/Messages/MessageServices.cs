using Microsoft.Extensions.DependencyInjection;

namespace Shop.Data.Messages;

/// <summary>Registers local messages.</summary>
public static class MessageServices
{
    /// <summary>One context's local message table: for its workers, its operators and its retention.</summary>
    public static IServiceCollection AddLocalMessages<TDb>(this IServiceCollection services)
        where TDb : ContextDb =>
        services
            .AddSettings<MessageOptions>(
                MessageOptions.Section,
                options =>
                    options.Validate(
                        messages => messages.RetryAfter(messages.MaxAttempts) < messages.Retention,
                        "Messages: a message's last retry must come before its inbox entry is removed."
                    )
            )
            .AddSingleton<LocalMessages<TDb>>()
            .AddSingleton<ForgetMessages<TDb>>()
            .AddSingleton(provider => new MessageDesk(
                ContextName.Of<TDb>(),
                provider.GetRequiredService<Database<TDb>>().Primary,
                provider.GetRequiredService<TimeProvider>()
            ));
}
