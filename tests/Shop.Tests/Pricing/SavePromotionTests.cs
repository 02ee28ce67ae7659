using Microsoft.EntityFrameworkCore;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>Staff plans what takes money off.</summary>
public sealed class SavePromotionTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly CustomerId _merchant = new(7);

    [Fact]
    public async Task A_promotion_is_saved_and_quoted_by_at_once()
    {
        var id = await SavedAsync(Sale(25));

        var book = await shop.Get<RunningPromotions>().ReadAsync(CancellationToken.None);
        var stored = Assert.Single(book.All, one => one.Id == id);
        Assert.Equal(("Sale", 1), (stored.Title, stored.Version));
        var sale = Quote.Of(Cart(Line(1, 1000, 1, "sale")), new([stored]));
        Assert.Equal(Of(250), sale.Cost.Discount);
    }

    [Fact]
    public async Task The_same_key_saves_once_and_another_input_is_a_conflict()
    {
        var key = Guid.CreateVersion7();
        var first = await SaveAsync(Sale(10), key: key);
        var again = await SaveAsync(Sale(10), key: key);
        var other = await SaveAsync(Sale(11), key: key);

        var saved = Assert.IsType<SavePromotionResult.Saved>(first);
        Assert.Equal(saved with { Replayed = true }, again);
        Assert.IsType<SavePromotionResult.KeyConflict>(other);
    }

    [Fact]
    public async Task A_change_raises_the_version_and_is_refused_at_another()
    {
        var id = await SavedAsync(Sale(10));

        Assert.IsType<SavePromotionResult.Saved>(await SaveAsync(Sale(20), id, ifVersion: 1));
        Assert.Equal(new SavePromotionResult.VersionConflict(2), await SaveAsync(Sale(30), id, ifVersion: 1));
        Assert.IsType<SavePromotionResult.NotFound>(await SaveAsync(Sale(30), new(1)));
        var stored = await StoredAsync(id);
        Assert.Equal((2, Percent(20)), (stored.Version, ((LinesPercent)stored.Action).PerMillion));
    }

    [Fact]
    public async Task What_no_promotion_can_be_is_refused_and_not_stored()
    {
        var key = Guid.CreateVersion7();

        var result = await SaveAsync(Sale(0), key: key);

        var refused = Assert.IsType<SavePromotionResult.Refused>(result);
        Assert.Equal([PromotionFault.Percent], refused.Faults);
        // The key was not used up by it.
        Assert.IsType<SavePromotionResult.Saved>(await SaveAsync(Sale(1), key: key));
    }

    [Fact]
    public async Task A_group_is_of_one_stage_and_says_alike_which_applies()
    {
        var group = $"{Guid.CreateVersion7()}";
        var first = await SavedAsync(Sale(10) with { Group = group });

        await IsRefusedAsync(PromotionFault.Group, Sale(10) with { Group = group, Pick = GroupPick.First });
        await IsRefusedAsync(PromotionFault.Group, Sale(10) with { Group = group, Action = OrderPercent(5) });
        // Alone in its group it may change its kind; one that is over is in no group.
        await SavedAsync(
            Sale(10) with
            {
                Group = group,
                Action = OrderPercent(5),
                EndsAt = ShopHost.Now,
            },
            first
        );
        await SavedAsync(Sale(10) with { Group = group });
    }

    [Fact]
    public async Task What_is_paused_or_over_does_not_run()
    {
        var paused = await SavedAsync(Sale(10) with { PausedAt = ShopHost.Now });
        var over = await SavedAsync(Sale(10) with { EndsAt = ShopHost.Now });
        var planned = await SavedAsync(Sale(10) with { StartsAt = ShopHost.Now.AddDays(1) });

        var running = await shop.Get<RunningPromotions>().ReadAsync(CancellationToken.None);

        Assert.DoesNotContain(running.All, one => one.Id == paused || one.Id == over);
        Assert.Contains(running.All, one => one.Id == planned);
    }

    [Fact]
    public async Task Who_saved_what_is_in_the_audit_trail()
    {
        var id = await SavedAsync(Sale(10));
        await SavedAsync(Sale(10) with { Title = "Spring" }, id);

        await using var db = shop.Get<Database<PricingDb>>().OpenPrimary();
        var trail = await db
            .Audit.Where(entry => entry.SubjectId == id.Value)
            .OrderBy(entry => entry.Id)
            .ToListAsync();

        Assert.Equal(["promotionSave", "promotionSave"], trail.Select(entry => entry.Action));
        Assert.All(trail, entry => Assert.Equal(_merchant, entry.ActorId));
        Assert.Null(trail[0].Before);
        Assert.Equal("""{"title": "Sale", "version": 1}""", trail[1].Before);
        Assert.Equal("""{"title": "Spring", "version": 2}""", trail[1].After);
    }

    private static Promotion Sale(decimal percent) =>
        Promotion(0, LinesPercent(percent, Tagged("sale"))) with
        {
            Title = "Sale",
        };

    private async Task IsRefusedAsync(PromotionFault fault, Promotion promotion) =>
        Assert.Equal([fault], Assert.IsType<SavePromotionResult.Refused>(await SaveAsync(promotion)).Faults);

    private async Task<PromotionId> SavedAsync(Promotion promotion, PromotionId? id = null) =>
        Assert.IsType<SavePromotionResult.Saved>(await SaveAsync(promotion, id)).Id;

    private Task<SavePromotionResult> SaveAsync(
        Promotion promotion,
        PromotionId? id = null,
        int? ifVersion = null,
        Guid? key = null
    ) =>
        shop.Get<SavePromotion>()
            .RunAsync(
                new(key ?? Guid.CreateVersion7(), id, ifVersion, promotion, _merchant),
                CancellationToken.None
            );

    private async Task<Promotion> StoredAsync(PromotionId id)
    {
        await using var db = shop.Get<Database<PricingDb>>().OpenPrimary();
        return await db.Promotions.AsNoTracking().SingleAsync(one => one.Id == id);
    }
}
