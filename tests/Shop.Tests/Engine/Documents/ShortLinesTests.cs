using GraphQLParser;
using Shop.Tests.Engine.Schema;

namespace Shop.Tests.Engine.Documents;

/// <summary>Mistakes of a document are found at once and told where they are, however long its lines.</summary>
public sealed class ShortLinesTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    private const int Length = 19_000;
    private const int MostBytes = 8 * 1024 * 1024;

    [Theory]
    [InlineData("{ ", ' ', "", "Expected Name, found EOF", 1)]
    [InlineData("{ ", ',', "?", "Unexpected character", 0)]
    [InlineData("{ #", '!', "", "Expected Name, found EOF", 1)]
    [InlineData("{ ", 'a', " ", "Expected Name, found EOF", 1)]
    [InlineData("{ a(b: ", '9', " ?", "Unexpected character", 0)]
    [InlineData("{ a(b: \"", '!', "\" ?", "Unexpected character", 0)]
    [InlineData("{ a(b: \"", '!', "\\q\"", "Unterminated string", null)]
    [InlineData("{ a(b: \"", '!', "", "Unterminated string", null)]
    [InlineData("{ a(b: \"\"\"", '!', "\"\"\" ?", "Unexpected character", 0)]
    [InlineData("{ a(b: \"\"\"", '!', "\u0001\"\"\"", "Invalid character within", -3)]
    [InlineData("{ a(b: \"\"\"", '!', "", "Unterminated block string", 1)]
    [InlineData("{ a(b: ", '9', "x", "Invalid number", null)]
    public async Task A_mistake_at_the_end_of_a_long_line_is_found_at_once(
        string start,
        char middle,
        string end,
        string message,
        int? fromEnd
    )
    {
        var document = start + new string(middle, Length) + end;
        await graph.ErrorAsync("{ warm(");

        // Of this thread, since other tests run on others: a mistake is told without a wait.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = graph.Engine.ExecuteAsync(new() { Query = document });
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(run.IsCompleted);

        var error = Assert.Single((await run).Errors!);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, MostBytes);
        Assert.InRange(error.Message.Length, 1, 300);
        if (fromEnd is { } back)
        {
            Assert.Equal(new Location(1, document.Length + back), Assert.Single(error.Locations!));
        }
    }
}
