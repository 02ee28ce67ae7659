using Microsoft.Extensions.Options;
using Shop.Data.Storage;
using StackExchange.Redis;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>Registers what is known of documents before clients send them.</summary>
internal static class DocumentServices
{
    /// <summary>Documents that clients may name by their hash, beside those that the operator has registered.</summary>
    public static IServiceCollection AddTrustedDocuments(
        this IServiceCollection services,
        IEnumerable<TrustedDocument> documents
    )
    {
        foreach (var document in documents)
        {
            services.AddSingleton(document);
        }

        return services;
    }

    /// <summary>How documents are found by their hashes. Those that clients register are kept in Redis, where there is one.</summary>
    public static IServiceCollection AddDocumentLookup(this IServiceCollection services) =>
        services
            .AddSettings<DocumentOptions>(DocumentOptions.Section)
            .AddSingleton<TrustedDocuments>()
            .AddSingleton(provider => new AutomaticDocuments(
                Shared(provider),
                provider.GetRequiredService<IOptions<DocumentOptions>>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<AutomaticDocuments>>()
            ))
            .AddSingleton<DocumentLookup>();

    private static RecentTexts? Shared(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DocumentOptions>>().Value;
        return provider.GetService<IConnectionMultiplexer>() is { } redis
            ? new(
                redis,
                provider.GetRequiredService<TimeProvider>(),
                "documents",
                options.AutomaticCapacity,
                options.AutomaticLifetime
            )
            : null;
    }
}
