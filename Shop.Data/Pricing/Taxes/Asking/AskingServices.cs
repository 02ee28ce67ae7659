using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Outside;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>Registers the tax service.</summary>
internal static class AskingServices
{
    public static IServiceCollection AddTaxService(this IServiceCollection services) =>
        services
            .AddSettings<TaxServiceOptions>(
                TaxServiceOptions.Section,
                check =>
                    check.Validate(
                        options => options.Address?.OriginalString.EndsWith('/') != false,
                        $"{TaxServiceOptions.Section}:{nameof(TaxServiceOptions.Address)} ends with a slash."
                    )
            )
            .AddOutside<ToldTaxes>(TaxServiceOptions.Section, Terms)
            .AddSingleton<ITaxSource, HttpTaxSource>()
            .AddSingleton<QuoteWithTaxes>()
            .AddSingleton<KeepDocuments>()
            .AddSingleton<TellDocuments>();

    private static OutsideTerms Terms(IServiceProvider provider) =>
        new(
            "tax-service",
            CallsAtOnce: 64,
            provider.GetRequiredService<IOptions<TaxServiceOptions>>().Value.KeptFor,
            MaxKept: 20_000
        );
}
