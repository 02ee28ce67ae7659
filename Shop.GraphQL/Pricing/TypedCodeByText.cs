using Microsoft.EntityFrameworkCore;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Storage;

namespace Shop.GraphQL.Pricing;

/// <summary>What the shop knows of a code that a shopper has typed.</summary>
internal sealed class TypedCodeByText(Reads<PricingDb> reads)
    : RowLoader<PricingDb, string, TypedCode>(reads, code => code.Code)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<TypedCode> Rows(PricingDb db, IReadOnlyList<string> keys) =>
        db
            .Codes.Where(code => keys.Contains(code.Code))
            .Select(code => new TypedCode(
                code.Code,
                code.PromotionId,
                code.EndsAt,
                db.Counters.Where(counter =>
                        counter.PromotionId == code.PromotionId
                        && counter.Per == LimitPer.Code
                        && counter.Subject == code.Code
                    )
                    .Sum(counter => counter.Used)
            ));
}
