using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing;

/// <summary>Promotions. There are some thousands in all the years, so that one look through them finds those that run.</summary>
internal sealed class PromotionTable : IEntityTypeConfiguration<Promotion>
{
    public void Configure(EntityTypeBuilder<Promotion> table)
    {
        table.ToTable("promotion", t => t.HasCheckConstraint("ck_promotion_ends_at", "ends_at > starts_at"));
        table.Property(promotion => promotion.Id).ValueGeneratedNever();
        table.Ignore(promotion => promotion.Stage);
        table.Property(promotion => promotion.Group).HasColumnName("group_key");
        table.Property(promotion => promotion.When).HasColumnName("conditions").HasJson();
        table.Property(promotion => promotion.Action).HasJson();
    }
}

internal sealed class PromotionCodeTable : IEntityTypeConfiguration<PromotionCode>
{
    public void Configure(EntityTypeBuilder<PromotionCode> table)
    {
        table.ToTable("promotion_code");
        table.HasKey(code => code.Code);
        // Serves "the codes of this promotion", the newest batch last.
        table.HasIndex(code => new
        {
            code.PromotionId,
            code.BatchId,
            code.Code,
        });
    }
}
