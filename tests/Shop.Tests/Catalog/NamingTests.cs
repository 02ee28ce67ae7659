using Shop.Data.Catalog.Import.Naming;

namespace Shop.Tests.Catalog;

/// <summary>What the import makes of the texts that real tills print.</summary>
public sealed class NamingTests
{
    [Theory]
    [InlineData("FAIRY CAKE DESIGN UMBRELLA", "Fairy Cake Design Umbrella")]
    [InlineData("SET/6 BLACK BIRD T-LIGHT CANDLES", "Set of 6 Black Bird T-Light Candles")]
    [InlineData("S/4 PINK FLOWER CANDLES IN BOWL", "Set of 4 Pink Flower Candles in Bowl")]
    [InlineData("FOLK ART GREETING CARD,pack/12", "Folk Art Greeting Card Pack of 12")]
    [InlineData("YELLOW FELT HANGING HEART W FLOWER", "Yellow Felt Hanging Heart with Flower")]
    [InlineData("CHARLIE+LOLA RED HOT WATER BOTTLE", "Charlie and Lola Red Hot Water Bottle")]
    [InlineData("RASPBERRY ANT COPPER FLOWER NECKLAC", "Raspberry Antique Copper Flower Necklace")]
    [InlineData("POLYESTER FILLER PAD 65CMx65CM", "Polyester Filler Pad 65cmx65cm")]
    [InlineData("WRAP  50'S  CHRISTMAS", "Wrap 50's Christmas")]
    [InlineData("LETTER \"A\" BLING KEY RING", "Letter A Bling Key Ring")]
    [InlineData("iPhone case with USB cable", "IPhone case with USB cable")]
    public void A_tills_text_becomes_a_title(string text, string title)
    {
        Assert.Equal(title, Wording.Line(Wording.Words(text)));
    }

    [Theory]
    [InlineData(
        "Edwardian Parasol",
        "Colour: Black, Natural, Pink",
        "EDWARDIAN PARASOL BLACK",
        "EDWARDIAN PARASOL NATURAL",
        "EDWARDIAN PARASOL PINK"
    )]
    [InlineData("Tahiti Beach Bag", "Size: Large, Small", "LARGE TAHITI BEACH BAG", "SMALL TAHITI BEACH BAG")]
    [InlineData(
        "Bling Key Ring",
        "Letter: A, B",
        "LETTER \"A\" BLING KEY RING",
        "LETTER \"B\" BLING KEY RING"
    )]
    [InlineData(
        "Candle Jewelled Box",
        "Scent: Rose, Vanilla",
        "ROSE SCENT CANDLE IN JEWELLED BOX",
        "VANILLA SCENT CANDLE JEWELLED BOX"
    )]
    [InlineData(
        "Blank Card",
        "Design: Cat with Sunglasses, Champagne Tray",
        "CAT WITH SUNGLASSES BLANK CARD",
        "CHAMPAGNE TRAY BLANK CARD"
    )]
    [InlineData(
        "Las Vegas Bracelet Round",
        "Colour: Jet Black, Purple",
        "JET BLACK LAS VEGAS BRACELET ROUND",
        "PURPLE LAS VEGAS BRACELET ROUND"
    )]
    [InlineData("Party Bunting", "Design: Plain, Tea Time", "PARTY BUNTING", "TEA TIME PARTY BUNTING")]
    [InlineData("Metal Sign", "Design: Plain (X0), Plain (X1)", "METAL SIGN", "METAL SIGN")]
    [InlineData("Breakfast Tray", "Colour: Pink, Blue", "PINK & BREAKFAST TRAY", "BLUE & BREAKFAST TRAY")]
    [InlineData(
        "English Rose Spirit Level",
        "Design: English Rose Spirit Level, English Rose Garden Secateurs",
        "ENGLISH ROSE SPIRIT LEVEL",
        "ENGLISH ROSE GARDEN SECATEURS"
    )]
    public void What_variants_share_is_the_title_and_the_rest_their_option(
        string title,
        string option,
        params string[] texts
    )
    {
        var naming = VariantNaming.Of([.. texts.Select((_, i) => $"X{i}")], [.. texts.Select(Wording.Words)]);

        Assert.Equal(title, naming.Title);
        Assert.Equal(option, $"{naming.Option}: {string.Join(", ", naming.Values)}");
    }

    [Theory]
    [InlineData("Cake Stand with Hanging Cakes", "Baking & Cooking")]
    [InlineData("Chocolate Hot Water Bottle", "Beauty & Care")]
    [InlineData("Lunch Bag Dolly Girl Design", "Lunch & Picnic")]
    [InlineData("Wrap Flower Shop", "Gift Wrap & Ribbons")]
    [InlineData("Felt Toadstool Large", "Ornaments")]
    [InlineData("Lavender Incense in Tin", "Incense & Fragrance")]
    [InlineData("Vintage Christmas Bunting", "Christmas Decorations")]
    [InlineData("Set 10 Cards Christmas Robin", "Christmas Cards & Wrap")]
    [InlineData("Felt Easter Egg Basket", "Easter")]
    [InlineData("Entirely Unheard Of", "More Gifts")]
    public void A_product_is_in_the_category_that_its_last_known_thing_names(string title, string category)
    {
        Assert.Equal(category, CategoryOf.Words(title.Split(' ')).Title);
    }

    [Fact]
    public void No_two_categories_share_an_address()
    {
        Assert.Equal(
            KeywordCategory.All.Count,
            KeywordCategory.All.Select(category => category.Slug).Distinct().Count()
        );
    }
}
