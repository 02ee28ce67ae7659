using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Pricing.Rates;

namespace Shop.Data.Pricing;

/// <summary>Rates, planned, running and over: some thousands a year.</summary>
internal sealed class ExchangeRateTable : IEntityTypeConfiguration<ExchangeRate>
{
    public void Configure(EntityTypeBuilder<ExchangeRate> table)
    {
        table.ToTable(
            "exchange_rate",
            t => t.HasCheckConstraint("ck_exchange_rate_rate", "rate > 0 and rate <= 1000000")
        );
        table.Property(rate => rate.Id).ValueGeneratedNever();
        table.Property(rate => rate.Currency).HasMaxLength(3).IsFixedLength();
        // Without a scale, so that it is read as it was written.
        table.Property(rate => rate.Rate).HasColumnType("numeric");
        // Serves "which one counts now, and which ones are to come".
        table.HasIndex(rate => new { rate.Currency, rate.StartsAt }).IsUnique();
    }
}
