using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Uses;

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
        table.Property(promotion => promotion.Limits).HasJson();
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

internal sealed class CodeBatchTable : IEntityTypeConfiguration<CodeBatch>
{
    public void Configure(EntityTypeBuilder<CodeBatch> table)
    {
        table.ToTable(
            "code_batch",
            t =>
                t.HasCheckConstraint(
                    "ck_code_batch_made",
                    "made <= wanted and (made < wanted or finished_at is not null)"
                )
        );
        table.Property(batch => batch.Id).ValueGeneratedNever();
        table.Property(batch => batch.Prefix).HasMaxLength(CodeText.MaxPrefix);
        // Serves "the codes of this promotion, by call", the newest first.
        table.HasIndex(batch => new { batch.PromotionId, batch.Id });
        // Serves the claim: what is to be made, oldest first.
        table.HasIndex(batch => batch.Id, "ix_code_batch_unfinished").HasFilter("finished_at is null");
    }
}

internal sealed class PromotionCounterTable : IEntityTypeConfiguration<PromotionCounter>
{
    public void Configure(EntityTypeBuilder<PromotionCounter> table)
    {
        table.ToTable(
            "promotion_counter",
            t =>
            {
                t.HasCheckConstraint("ck_promotion_counter_used", "used >= 0");
                // The last guard; the allocation stands before it.
                t.HasCheckConstraint("ck_promotion_counter_max_uses", "used <= max_uses");
            }
        );
        // The order in which all of Pricing locks.
        table.HasKey(counter => new
        {
            counter.PromotionId,
            counter.Per,
            counter.Subject,
        });
    }
}

internal sealed class PromotionMovementTable : IEntityTypeConfiguration<PromotionMovement>
{
    public void Configure(EntityTypeBuilder<PromotionMovement> table)
    {
        table.ToTable(
            "promotion_movement",
            t => t.HasCheckConstraint("ck_promotion_movement_uses", "uses <> 0")
        );
        // Serves "what does this order hold", and refuses to do one thing twice for one order.
        table.HasKey(movement => new
        {
            movement.OrderId,
            movement.PromotionId,
            movement.Per,
            movement.Subject,
            movement.Kind,
        });
    }
}
