using Shop.Data.Search.Suggesting;
using Shop.Tests.Search.Synonyms;

namespace Shop.Tests.Search;

/// <summary>What a text shows of what was typed.</summary>
public sealed class MarksTests
{
    [Theory]
    [InlineData("caf", "Café & Co", "<mark>Caf</mark>é &amp; Co")]
    [InlineData("cafe", "Cafe\u0301 CAFÉ", "<mark>Cafe\u0301</mark> <mark>CAFÉ</mark>")]
    [InlineData("stras", "Große Straße", "Große <mark>Straß</mark>e")]
    [InlineData("mm", "Cable 3.5mm", "Cable <mark>3.5mm</mark>")]
    [InlineData("3.5m", "Cable 3.5mm", "Cable <mark>3.5</mark>mm")]
    [InlineData("dont", "Don't <b>", "<mark>Don&#39;t</mark> &lt;b&gt;")]
    [InlineData("茶", "Tea茶茶 \"x\"", "Tea<mark>茶</mark><mark>茶</mark> &quot;x&quot;")]
    [InlineData("茶杯", "茶 茶杯", "茶 <mark>茶杯</mark>")]
    [InlineData("a ab", "abc", "<mark>ab</mark>c")]
    [InlineData("x", "\ud83d abc 😀", "\ud83d abc 😀")]
    public void A_beginning_is_marked_and_no_sign_is_markup(string typed, string text, string html) =>
        Assert.Equal(html, new BegunText(Thesauri.Begun(typed)).Mark(text));

    [Fact]
    public void What_means_the_same_is_marked_as_well() =>
        Assert.Equal(
            "<mark>Tea</mark> <mark>Mug</mark> &amp; beacon",
            new BegunText(Thesauri.Begun("tea beak", "mug, beaker")).Mark("Tea Mug & beacon")
        );
}
