using Shop.Data.Kernel;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog;

/// <summary>Staff makes products and changes them.</summary>
public sealed class ProductSaveTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly string[] _twice = ["Red", "Red"];

    [Fact]
    public async Task A_product_is_made_with_all_that_was_said_about_it()
    {
        await shop.CategoryAsync("Kitchen", slug: "kitchen-1");
        var mug = Shelving.Mug() with
        {
            Brand = "Potter",
            Category = new { slug = "kitchen-1" },
            Tags = ["Tea", " blue", "tea"],
            Media =
            [
                new
                {
                    url = "https://example.org/mug.jpg",
                    alt = "A mug",
                    width = 640,
                },
            ],
        };

        var product = await shop.SavedAsync(mug);

        Assert.Equal("1", product.GetProperty("version").ToString());
        Assert.Equal("ACTIVE", product.GetProperty("status").GetString());
        Assert.Equal(mug.Title.ToLowerInvariant().Replace(' ', '-'), product.GetProperty("slug").GetString());
        Assert.Equal(
            ["blue", "tea"],
            product.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())
        );
        Assert.Equal("kitchen-1", product.GetProperty("category").GetProperty("slug").GetString());
        Assert.Equal(["https://example.org/mug.jpg"], product.GetProperty("media").Texts("url"));
        Assert.Equal(["Red", "Blue"], product.GetProperty("variants").GetProperty("nodes").Texts("title"));
        Assert.Equal(mug.Variants.Select(variant => variant.Sku), product.Skus());
    }

    [Fact]
    public async Task A_shopper_finds_it_at_once_and_none_of_it_is_in_stock()
    {
        var mug = Shelving.Mug();
        await shop.SavedAsync(mug);

        var data = await shop.AskAsync(
            Askers.Guest,
            "query ($sku: String!) { productVariant(by: {sku: $sku}) { availability { status available } product { title } } }",
            new { sku = mug.Variants[0].Sku }
        );

        Assert.Equal(
            $$$$$"""{"productVariant":{"availability":{"status":"OUT_OF_STOCK","available":0},"product":{"title":"{{{{{mug.Title}}}}}"}}}""",
            data.ToString()
        );
    }

    [Fact]
    public async Task Its_new_skus_have_a_level_once_inventory_has_heard_and_what_no_context_hears_is_not_written()
    {
        var saga = new Saga(shop);
        var mug = Shelving.Mug();
        await shop.SavedAsync(mug);
        var levels = $"""
            inventory.stock s join catalog.product_variant v on v.id = s.variant_id
            where v.sku in ('{mug.Variants[0].Sku}', '{mug.Variants[1].Sku}') and s.available = 0
            """;

        // As if the shop had stopped right after the save.
        Assert.Equal(0, await saga.CountAsync(levels));
        Assert.Equal(
            0,
            await saga.CountAsync(
                """
                catalog.local_message where topic not in
                    ('catalog.variants_added', 'catalog.products_changed', 'catalog.categories_changed')
                """
            )
        );

        await saga.SettleAsync();

        Assert.Equal(2, await saga.CountAsync(levels));
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_is_taken_out_of_the_range_and_comes_back_when_named_again()
    {
        var mug = Shelving.Mug();
        var made = await shop.SavedAsync(mug);
        var red = made.GetProperty("variants").GetProperty("nodes")[0].Id();

        var less = await shop.SavedAsync(
            mug.Again(made) with
            {
                Title = "Other",
                Variants = [mug.Variants[1]],
            }
        );
        var gone = await shop.AskAsync(
            Askers.Guest,
            "query ($id: ID!, $sku: String!) { node(id: $id) { id } productVariant(by: {sku: $sku}) { id } }",
            new { id = red, sku = mug.Variants[0].Sku }
        );
        var kept = await shop.AskAsync(
            Shelving.Keeper,
            "query ($id: ID!) { productVariant(by: {id: $id}) { retiredAt } }",
            new { id = red }
        );
        var back = await shop.SavedAsync(mug.Again(made));

        Assert.Equal([mug.Variants[1].Sku!], less.Skus());
        Assert.Equal("Other", less.GetProperty("title").GetString());
        Assert.Equal(made.GetProperty("slug").GetString(), less.GetProperty("slug").GetString());
        Assert.Equal("""{"node":null,"productVariant":null}""", gone.ToString());
        Assert.Equal("""{"productVariant":{"retiredAt":"2026-03-02T09:00:00Z"}}""", kept.ToString());
        Assert.Equal(mug.Variants.Select(variant => variant.Sku), back.Skus());
        Assert.Equal(red, back.GetProperty("variants").GetProperty("nodes")[0].Id());
        Assert.Equal(3, back.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_key_that_is_sent_again_gives_the_first_product_and_makes_no_other()
    {
        var mug = Shelving.Mug();

        var first = await shop.SaveAsync(mug);
        var second = await shop.SaveAsync(mug);
        var other = await shop.SaveAsync(mug with { Title = "Something else" });

        Assert.False(first.IsReplayed);
        Assert.True(second.IsReplayed);
        Assert.Equal(first.Thing.ToString(), second.Thing.ToString());
        Assert.Equal(["IDEMPOTENCY_CONFLICT at idempotencyKey"], other.Problems);
        Assert.Equal(1, first.Thing.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task One_key_sent_many_times_at_once_makes_one_product()
    {
        var mug = Shelving.Mug();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.SaveAsync(mug)));

        Assert.All(answers, answer => Assert.Empty(answer.Problems));
        Assert.Single(answers.Select(answer => answer.Thing.Id()).Distinct());
        Assert.Single(answers, answer => !answer.IsReplayed);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_told_that_the_other_was_faster()
    {
        var mug = Shelving.Mug();
        var made = await shop.SavedAsync(mug);
        var change = mug.Again(made) with { IfVersion = 1 };

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => shop.SaveAsync(change with { IdempotencyKey = Guid.CreateVersion7() }))
        );

        Assert.Single(answers, answer => !answer.Problems.Any());
        Assert.All(
            answers.Where(answer => answer.Problems.Any()),
            answer =>
            {
                Assert.Equal(["VERSION_CONFLICT at ifVersion"], answer.Problems);
                Assert.Equal(2, answer.Problem.GetProperty("currentVersion").GetInt32());
            }
        );
    }

    [Fact]
    public async Task Of_many_who_want_one_sku_at_once_one_gets_it()
    {
        var sku = Shelving.Mug().Variants[0];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => shop.SaveAsync(Shelving.Mug() with { Variants = [sku] }))
        );

        Assert.Single(answers, answer => !answer.Problems.Any());
        Assert.All(
            answers.Where(answer => answer.Problems.Any()),
            answer => Assert.Equal(["INVALID_INPUT at variants.0.sku"], answer.Problems)
        );
    }

    [Fact]
    public async Task Names_that_others_have_are_refused_and_nothing_is_saved()
    {
        var taken = Shelving.Mug() with { Code = "CODE-1", Slug = "taken" };
        await shop.SavedAsync(taken);
        var mug = Shelving.Mug();

        var answer = await shop.SaveAsync(
            mug with
            {
                Code = "CODE-1",
                Slug = "taken",
                Variants = [mug.Variants[0], MugVariant.Of(taken.Variants[1].Sku!, "Blue")],
            }
        );
        var absent = await shop.AskAsync(
            Shelving.Keeper,
            "query ($sku: String!) { productVariant(by: {sku: $sku}) { id } }",
            new { sku = mug.Variants[0].Sku }
        );

        Assert.Equal(
            ["INVALID_INPUT at code", "INVALID_INPUT at slug", "INVALID_INPUT at variants.1.sku"],
            answer.Problems
        );
        Assert.Equal("""{"productVariant":null}""", absent.ToString());
    }

    [Fact]
    public async Task A_new_sku_that_stands_in_the_list_twice_is_told_where_it_stands_again()
    {
        var mug = Shelving.Mug();
        var sku = mug.Variants[0].Sku!;

        var answer = await shop.SaveAsync(
            mug with
            {
                Variants = [mug.Variants[0], MugVariant.Of(sku, "Blue"), MugVariant.Of(sku, "Green")],
            }
        );

        Assert.Equal(["INVALID_INPUT at variants.1.sku", "INVALID_INPUT at variants.2.sku"], answer.Problems);
        Assert.Equal("A variant before has this SKU.", answer.Problem.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Two_of_one_title_get_addresses_of_their_own()
    {
        var first = await shop.SavedAsync(Shelving.Mug() with { Title = "Café Mug" });
        var mug = Shelving.Mug() with { Title = "Café Mug" };
        var second = await shop.SavedAsync(mug);

        Assert.Equal("cafe-mug", first.GetProperty("slug").GetString());
        Assert.Equal(
            $"cafe-mug-{mug.Variants[0].Sku!.ToLowerInvariant()}",
            second.GetProperty("slug").GetString()
        );
    }

    [Fact]
    public async Task Everything_that_no_product_can_be_is_told_at_once_each_at_its_place()
    {
        var answer = await shop.SaveAsync(
            Shelving.Mug("ARCHIVED") with
            {
                Title = " ",
                Slug = "No Slug",
                Code = "",
                Brand = "a\nb",
                Category = new { slug = "nowhere" },
                Tags = [""],
                Options = [new { name = "Colour", values = _twice }],
                Variants =
                [
                    MugVariant.Of("A", "Red") with
                    {
                        Price = "0",
                    },
                    MugVariant.Of("B", "Red") with
                    {
                        Price = "1.001",
                    },
                    MugVariant.Of("C D", "Mauve") with
                    {
                        CompareAtPrice = "4.50",
                    },
                    new() { SelectedOptions = [new { name = "Colour", value = "Red" }], Title = "" },
                ],
            }
        );

        Assert.Equal(
            [
                "INVALID_INPUT at title",
                "INVALID_INPUT at slug",
                "INVALID_INPUT at code",
                "INVALID_INPUT at brand",
                "INVALID_INPUT at status",
                "INVALID_INPUT at tags.0",
                "INVALID_INPUT at options.0.values",
                "INVALID_INPUT at variants.0.price",
                "INVALID_INPUT at variants.1.price",
                "INVALID_INPUT at variants.1.selectedOptions",
                "INVALID_INPUT at variants.2.sku",
                "INVALID_INPUT at variants.2.compareAtPrice",
                "INVALID_INPUT at variants.2.selectedOptions",
                "INVALID_INPUT at variants.3",
                "INVALID_INPUT at variants.3.title",
                "INVALID_INPUT at variants.3.selectedOptions",
                "NOT_FOUND at category",
            ],
            answer.Problems
        );
    }

    [Fact]
    public async Task A_variant_keeps_its_sku_and_is_named_once()
    {
        var mug = Shelving.Mug();
        var made = await shop.SavedAsync(mug);
        var red = made.GetProperty("variants").GetProperty("nodes")[0].Id();
        var stranger = (await shop.SavedAsync(Shelving.Mug()))
            .GetProperty("variants")
            .GetProperty("nodes")[0]
            .Id();

        var answer = await shop.SaveAsync(
            mug.Again(made) with
            {
                Variants =
                [
                    MugVariant.Of("OTHER", "Red") with
                    {
                        Id = red,
                    },
                    MugVariant.Of(mug.Variants[0].Sku!, "Blue"),
                    MugVariant.Of("GREEN", "Green") with
                    {
                        Id = stranger,
                    },
                ],
            }
        );

        Assert.Equal(
            ["INVALID_INPUT at variants.0.sku", "INVALID_INPUT at variants.1", "NOT_FOUND at variants.2.id"],
            answer.Problems
        );
    }

    [Fact]
    public async Task What_was_on_sale_is_no_draft_again_and_what_is_not_there_cannot_be_changed()
    {
        var mug = Shelving.Mug();
        var made = await shop.SavedAsync(mug);
        var variant = made.GetProperty("variants").GetProperty("nodes")[0].Id();

        var draft = await shop.SaveAsync(mug.Again(made) with { Status = "DRAFT" });
        var code = await shop.ErrorAsync(
            Shelving.Keeper,
            "mutation ($id: ID!) { productSave(input: {idempotencyKey: \"0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7\", id: $id, title: \"x\", variants: []}) { replayed } }",
            new { id = variant }
        );
        var absent = await shop.SaveAsync(mug.Again(made) with { Id = "UHJvZHVjdDox" });

        Assert.Equal(["INVALID_INPUT at status"], draft.Problems);
        Assert.Equal("INVALID_ID", code);
        Assert.Equal(["NOT_FOUND at id"], absent.Problems);
    }

    [Theory]
    [InlineData(null, "UNAUTHENTICATED")]
    [InlineData(StaffRole.Stock, "FORBIDDEN")]
    [InlineData(StaffRole.Orders, "FORBIDDEN")]
    public async Task Only_who_keeps_the_catalogue_may(StaffRole? role, string code)
    {
        var user = role is { } known ? Askers.Staff(known) : Askers.Guest;
        foreach (
            var verb in new[]
            {
                "productSave(input: {idempotencyKey: \"0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7\", title: \"x\", variants: []}) { replayed }",
                "productArchive(input: {product: {slug: \"x\"}}) { replayed }",
                "categorySave(input: {title: \"x\"}) { problems { code } }",
            }
        )
        {
            Assert.Equal(code, await shop.ErrorAsync(user, $"mutation {{ {verb} }}"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_save_is_as_many_statements_however_many_variants_it_has(int variants)
    {
        var mug = Shelving.Mug();
        var colours = Enumerable.Range(0, variants).Select(index => $"Colour {index}").ToArray();
        mug = mug with
        {
            Options = [new { name = "Colour", values = colours }],
            Variants =
            [
                .. colours.Select((colour, index) => MugVariant.Of($"{mug.Variants[0].Sku}-{index}", colour)),
            ],
        };
        using var count = SqlCount.Start();

        await shop.SavedAsync(mug);

        Assert.True(count.Statements.Count <= 15, string.Join("\n\n", count.Statements));
    }
}
