using System.Text;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Kernel;

/// <summary>Texts that look the same are the same, and what cannot be seen names nothing.</summary>
public sealed class PlainTextTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task A_text_is_composed_as_PostgreSQL_composes_it()
    {
        var letters = Enumerable
            .Range(1, 0xFFFD)
            .Where(letter => Rune.IsValid(letter) && !IsNewer(letter))
            .SelectMany(letter =>
                new[]
                {
                    $"{new Rune(letter)}",
                    $"a{new Rune(letter)}\u0301\u0323",
                    $"{new Rune(letter)}\u0327\u0308",
                }
            )
            .ToArray();
        await using var command = shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand(
                "select array_agg(normalize(text, nfc) order by place) from unnest($1) with ordinality as t(text, place)"
            );
        command.Parameters.AddWithValue(letters);
        var expected = (string[])(await command.ExecuteScalarAsync())!;

        Assert.Equal(expected, letters.Select(PlainText.Composed));
    }

    // Marks that Unicode has got since the tables of PostgreSQL 15.
    private static bool IsNewer(int letter) => letter is 0x0897 or 0x0ECE or (>= 0x1ACF and <= 0x1AFF);

    [Theory]
    [InlineData("Ada Lovelace", true)]
    [InlineData("\u0639\u0644\u06CC\u200C\u0631\u0636\u0627", true)]
    [InlineData("\U0001F469\u200D\U0001F373 Chef", true)]
    [InlineData("", false)]
    [InlineData(" \u3000", false)]
    [InlineData("\u200B\u2060", false)]
    [InlineData("Ada\u200BLovelace", false)]
    [InlineData("Ada\u200DLovelace", false)]
    [InlineData("\u200D\u0639", false)]
    [InlineData("\u0639\u200C\u200C\u0631", false)]
    [InlineData("invoice\u202Efdp.exe", false)]
    [InlineData("\u2066Ada\u2069", false)]
    [InlineData("\uFEFFAda", false)]
    [InlineData("Ada\u00ADLovelace", false)]
    [InlineData("two\nlines", false)]
    [InlineData("two\u2028lines", false)]
    public void A_name_is_one_line_in_which_nothing_hides(string text, bool isName) =>
        Assert.Equal(isName, PlainText.IsName(text));

    [Theory]
    [InlineData("AB-12", true)]
    [InlineData("茶-1", true)]
    [InlineData("AB 12", false)]
    [InlineData("AB\u200D12", false)]
    [InlineData("\u0639\u200C\u0631", false)]
    [InlineData("", false)]
    public void Of_a_code_each_character_is_seen(string text, bool isCode) =>
        Assert.Equal(isCode, PlainText.IsCode(text));

    [Fact]
    public void What_hides_is_not_counted() =>
        Assert.Equal(5, PlainText.Length("a\u200B b\u202E\U0001F600c"));
}
