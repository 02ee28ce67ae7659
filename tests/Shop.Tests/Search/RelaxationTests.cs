using Shop.Data.Search.Finding;

namespace Shop.Tests.Search;

/// <summary>Which words are left out where no product has all.</summary>
public sealed class RelaxationTests
{
    [Theory]
    // All are met.
    [InlineData(2, new[] { 0b11, 0b01 }, 0b11)]
    // One is no product's.
    [InlineData(2, new[] { 0b01, 0b01 }, 0b01)]
    // The one that most products have says least.
    [InlineData(2, new[] { 0b01, 0b01, 0b10 }, 0b10)]
    // Of equals the later one goes.
    [InlineData(2, new[] { 0b01, 0b10 }, 0b01)]
    // One after the other, and no more than have to.
    [InlineData(3, new[] { 0b011, 0b101, 0b001 }, 0b010)]
    [InlineData(3, new[] { 0b110, 0b001, 0b001, 0b001 }, 0b110)]
    // None has any.
    [InlineData(2, new int[0], 0)]
    public void What_is_left_of_the_words(int words, int[] products, int kept) =>
        Assert.Equal(kept, Relaxation.Kept(words, products));
}
