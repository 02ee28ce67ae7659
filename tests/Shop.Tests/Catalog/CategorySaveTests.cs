using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>Staff puts up shelves and moves them.</summary>
public sealed class CategorySaveTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task A_category_is_put_up_renamed_and_moved_with_what_stands_below_it()
    {
        await shop.CategoryAsync("Garden");
        await shop.CategoryAsync("Home");
        var lamps = await shop.CategoryAsync("Lamps", parent: "garden");
        await shop.CategoryAsync("Desk Lamps", parent: "lamps");
        var mug = await shop.SavedAsync(Shelving.Mug() with { Category = new { slug = "desk-lamps" } });

        var moved = await shop.CategoryAsync("Lights", id: lamps.Thing.Id(), parent: "home");
        await shop.ReplicaCaughtUpAsync();
        var tree = await shop.AskAsync(
            Askers.Guest,
            """
            {
              old: category(by: {slug: "garden"}) { children { slug } products { nodes { id } } }
              new: category(by: {slug: "home"}) { children { title slug children { slug } } products { nodes { id } } }
            }
            """
        );

        Assert.Equal("Lights", moved.Thing.GetProperty("title").GetString());
        Assert.Equal("home", moved.Thing.GetProperty("parent").GetProperty("slug").GetString());
        Assert.Equal(
            $$$$$"""{"old":{"children":[],"products":{"nodes":[]}},"new":{"children":[{"title":"Lights","slug":"lamps","children":[{"slug":"desk-lamps"}]}],"products":{"nodes":[{"id":"{{{{{mug.Id()}}}}}"}]}}}""",
            tree.ToString()
        );
    }

    [Fact]
    public async Task What_no_category_can_be_is_refused()
    {
        var top = await shop.CategoryAsync("Top");
        await shop.CategoryAsync("Middle", parent: "top");
        await shop.CategoryAsync("Bottom", parent: "middle");
        var never = GlobalId.Of(shop.Get<NewId>().Next<CategoryId>()).ToString();

        Assert.Equal(["INVALID_INPUT at title"], (await shop.CategoryAsync(" ", slug: "x")).Problems);
        Assert.Equal(["INVALID_INPUT at slug"], (await shop.CategoryAsync("X", slug: "X Y")).Problems);
        Assert.Equal(["INVALID_INPUT at slug"], (await shop.CategoryAsync("?!")).Problems);
        Assert.Equal(["INVALID_INPUT at slug"], (await shop.CategoryAsync("Middle")).Problems);
        Assert.Equal(["NOT_FOUND at parent"], (await shop.CategoryAsync("X", parent: "nowhere")).Problems);
        Assert.Equal(["NOT_FOUND at id"], (await shop.CategoryAsync("X", id: never)).Problems);
        foreach (var below in new[] { "top", "bottom" })
        {
            var circle = await shop.CategoryAsync("Top", id: top.Thing.Id(), parent: below);
            Assert.Equal(["INVALID_INPUT at parent"], circle.Problems);
        }
    }

    [Fact]
    public async Task Two_moves_at_once_make_no_circle()
    {
        var left = (await shop.CategoryAsync("Left")).Thing.Id();
        var right = (await shop.CategoryAsync("Right")).Thing.Id();

        var answers = await Task.WhenAll(
            shop.CategoryAsync("Left", id: left, parent: "right"),
            shop.CategoryAsync("Right", id: right, parent: "left")
        );

        Assert.Single(answers, answer => !answer.Problems.Any());
        Assert.Single(answers, answer => answer.Problems.SequenceEqual(["INVALID_INPUT at parent"]));
    }

    [Fact]
    public async Task A_shelf_has_room_for_two_hundred()
    {
        await shop.CategoryAsync("Full");
        await using var command = shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand(
                """
                insert into catalog.category (id, slug, title, parent_id, path, position)
                select n, 'full-' || n, 'Full', p.id, array[p.id, n], n
                from catalog.category p, generate_series(1, 200) n where p.slug = 'full'
                """
            );
        await command.ExecuteNonQueryAsync();

        Assert.Equal(
            ["INVALID_INPUT at parent"],
            (await shop.CategoryAsync("More", parent: "full")).Problems
        );
    }
}
