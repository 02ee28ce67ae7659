using Microsoft.Extensions.DependencyInjection;
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
            .AddOutsideLine(TaxServiceOptions.Section, "tax-service")
            .AddSingleton<ITaxSource, HttpTaxSource>()
            .AddSingleton<QuoteWithTaxes>()
            .AddSingleton<KeepDocuments>()
            .AddSingleton<TellDocuments>();
}
