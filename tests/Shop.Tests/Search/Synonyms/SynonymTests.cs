using System.Globalization;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Synonyms;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Search.Synonyms;

/// <summary>Staff says which words mean the same, and shoppers find by them.</summary>
public sealed class SynonymTests(SearchShop small) : IClassFixture<SearchShop>
{
    private readonly ShopFixture _shop = small.Shop;

    [Fact]
    public async Task What_is_saved_finds_more_until_it_is_changed_or_removed()
    {
        Assert.Empty(await SkusAsync("vessel"));

        var saved = await SaveAsync(new { words = Words("vessel", " Tea Mug ", "tea mug") });
        var (id, version) = (saved.GetProperty("synonym").Id(), Version(saved));
        Assert.Equal(1, version);
        Assert.Equal(["vessel", "Tea Mug"], Strings(saved.GetProperty("synonym").GetProperty("words")));
        Assert.Equal(["MUG-R"], await SkusAsync("vessels"));

        var again = await SaveAsync(new { words = Words("vessel", "Tea Mug") });
        Assert.Equal((id, true), (again.GetProperty("synonym").Id(), IsReplayed(again)));

        object changed = new
        {
            id,
            ifVersion = 1,
            words = Words("vessel", "pot"),
            isOneWay = true,
        };
        foreach (var replayed in new[] { false, true })
        {
            var payload = await SaveAsync(changed);
            Assert.Equal((replayed, 2), (IsReplayed(payload), Version(payload)));
        }

        Assert.Equal(["POT-2", "POT-1"], await SkusAsync("vessel"));
        Assert.Equal(
            "VERSION_CONFLICT",
            await RefusalAsync(
                new
                {
                    id,
                    ifVersion = 1,
                    words = Words("a", "b"),
                }
            )
        );
        Assert.Contains(id, await ListedAsync());

        foreach (var replayed in new[] { false, true })
        {
            Assert.Equal(replayed, IsReplayed(await RemoveAsync(id)));
        }

        Assert.Empty(await SkusAsync("vessel"));
        Assert.DoesNotContain(id, await ListedAsync());
        Assert.Equal("NOT_FOUND", await RefusalAsync(new { id, words = Words("a", "b") }));
        Assert.Equal(["synonymSave", "synonymSave", "synonymRemove"], await TrailAsync(id));
    }

    [Theory]
    [InlineData("vessel")]
    [InlineData("vessel", "VESSEL")]
    [InlineData("vessel", "?!")]
    [InlineData("vessel", "one two three four five six")]
    [InlineData(
        "vessel",
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x"
    )]
    public async Task Words_that_cannot_mean_the_same_are_refused_and_nothing_has_changed(
        params string[] words
    )
    {
        var before = await RevisionAsync();

        Assert.Equal("INVALID_INPUT", await RefusalAsync(new { words }));

        Assert.Equal(before, await RevisionAsync());
    }

    [Fact]
    public async Task A_word_that_has_a_synonym_is_corrected_no_more_and_goes_with_it()
    {
        Assert.Equal(("mug", "CORRECTED"), await ReadAsync("muug"));

        var id = await _shop.SynonymAsync(isOneWay: false, "muug", "espresso maker");

        Assert.Equal(("muug", ""), await ReadAsync("muug"));
        Assert.Equal(("pot", "RELAXED"), await ReadAsync("muug pot"));
        Assert.Equal(("mugs", "CORRECTED RELAXED"), await ReadAsync("espresso maker mugg"));
        await RemoveAsync(GlobalIdOf(id));
    }

    [Fact]
    public async Task A_synonym_of_several_words_is_met_where_they_stand_side_by_side()
    {
        var id = await _shop.SynonymAsync(isOneWay: true, "urn", "mug tea");
        var scattered = await SkusAsync("urn");
        await RemoveAsync(GlobalIdOf(id));

        Assert.Equal(["MUG-R"], await SkusAsync("mug tea"));
        Assert.Empty(scattered);
    }

    [Fact]
    public async Task Who_follows_the_index_hears_with_it_whether_synonyms_were_changed()
    {
        var (columns, thesaurus) = (_shop.Get<HeldColumns>(), _shop.Get<HeldThesaurus>());
        await FollowAsync();
        using (var sql = SqlCount.Start())
        {
            await FollowAsync();
            Assert.Single(sql.Statements);
        }

        var saved = await SaveAsync(new { words = Words("tureen", "pot"), isOneWay = true });
        await FollowAsync();
        await _shop.ReplicaCaughtUpAsync();

        Assert.Equal(["POT-2", "POT-1"], (await _shop.FindAsync("tureen")).Skus);
        await RemoveAsync(saved.GetProperty("synonym").Id());

        async Task FollowAsync()
        {
            await columns.FollowAsync(CancellationToken.None);
            await thesaurus.FollowAsync(columns.SynonymsAt, CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_was_found_by_a_synonym_is_marked()
    {
        var id = await _shop.SynonymAsync(isOneWay: true, "crate", "jewellery boxes", "容器");

        var answer = await _shop.AskJsonAsync("{ productSearch(text: \"crates\") { edges { highlights } } }");

        Assert.Equal(
            ["<mark>Jewellery</mark> <mark>Box</mark>", "Two small <mark>boxes</mark>."],
            Strings(answer.GetProperty("productSearch").GetProperty("edges")[0].GetProperty("highlights"))
        );
        await RemoveAsync(GlobalIdOf(id));
    }

    [Theory]
    [InlineData("hangable", "PRODUCT <mark>Hanging</mark> <mark>Lantern</mark>")]
    [InlineData("hangab", "PRODUCT <mark>Hanging</mark> <mark>Lantern</mark>")]
    [InlineData("box hangab", "")]
    public async Task Suggestions_go_by_synonyms_while_the_word_is_still_typed(string text, string offers)
    {
        var id = await _shop.SynonymAsync(isOneWay: true, "hangable", "hanging lantern");

        var answer = await _shop.AskJsonAsync($"{{ productSuggest(text: \"{text}\") {{ kind highlight }} }}");

        Assert.Equal(
            offers,
            string.Join(
                ", ",
                answer
                    .GetProperty("productSuggest")
                    .EnumerateArray()
                    .Select(one => $"{one.GetProperty("kind")} {one.GetProperty("highlight")}")
            )
        );
        await RemoveAsync(GlobalIdOf(id));
    }

    private async Task<string[]> SkusAsync(string text)
    {
        await _shop.Get<HeldThesaurus>().FollowAsync(CancellationToken.None);
        return (await _shop.FindAsync(text)).Skus;
    }

    private async Task<(string? Used, string Notices)> ReadAsync(string text)
    {
        var found = (
            await _shop.AskJsonAsync($"{{ productSearch(text: \"{text}\") {{ text {{ used }} notices }} }}")
        ).GetProperty("productSearch");
        return (
            found.GetProperty("text").GetProperty("used").GetString(),
            string.Join(' ', Strings(found.GetProperty("notices")))
        );
    }

    private async Task<JsonElement> SaveAsync(object input)
    {
        var payload = await SentAsync(input);
        Assert.Empty(payload.GetProperty("problems").EnumerateArray());
        return payload;
    }

    private async Task<string?> RefusalAsync(object input) =>
        Assert
            .Single((await SentAsync(input)).GetProperty("problems").EnumerateArray())
            .GetProperty("code")
            .GetString();

    private async Task<JsonElement> SentAsync(object input) =>
        (
            await _shop.AskAsync(
                Askers.Staff(StaffRole.Catalog),
                "mutation($input: SynonymSaveInput!) { synonymSave(input: $input) { replayed synonym { id version words } problems { code } } }",
                new { input }
            )
        ).GetProperty("synonymSave");

    private async Task<JsonElement> RemoveAsync(string id)
    {
        var payload = await _shop.AskAsync(
            Askers.Staff(StaffRole.Catalog),
            "mutation($id: ID!) { synonymRemove(input: {id: $id}) { replayed problems { code } } }",
            new { id }
        );
        await _shop.Get<HeldThesaurus>().FollowAsync(CancellationToken.None);
        await _shop.ReplicaCaughtUpAsync();
        return payload.GetProperty("synonymRemove");
    }

    private async Task<IEnumerable<string>> ListedAsync()
    {
        await _shop.ReplicaCaughtUpAsync();
        var answer = await _shop.AskAsync(
            Askers.Staff(StaffRole.Catalog),
            "{ synonyms(first: 10) { nodes { id } } }"
        );
        return [.. answer.GetProperty("synonyms").GetProperty("nodes").Texts("id")];
    }

    private Task<List<string>> TrailAsync(string id) =>
        _shop
            .Get<Database<SearchDb>>()
            .Primary.ListAsync(
                $"""
                select action from search.audit_entry
                where subject_kind = 'Synonym' and subject_id = {Sql.Value(
                    long.Parse(
                        GlobalId.Parse(id).Key,
                        CultureInfo.InvariantCulture
                    )
                )}
                order by id
                """,
                row => row.GetString(0),
                CancellationToken.None
            );

    private Task<long> RevisionAsync() =>
        _shop
            .Get<Database<SearchDb>>()
            .Primary.ScalarAsync<long>($"select revision from search.clock", CancellationToken.None);

    private static string GlobalIdOf(SynonymId id) => GlobalId.Of(id).ToString();

    private static string[] Strings(JsonElement list) =>
        [.. list.EnumerateArray().Select(text => text.GetString()!)];

    private static int Version(JsonElement payload) =>
        payload.GetProperty("synonym").GetProperty("version").GetInt32();

    private static string[] Words(params string[] words) => words;

    private static bool IsReplayed(JsonElement payload) => payload.GetProperty("replayed").GetBoolean();
}
