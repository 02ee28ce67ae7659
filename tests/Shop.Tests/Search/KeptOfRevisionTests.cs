using Shop.Data.Search.Columns;

namespace Shop.Tests.Search;

/// <summary>What is found without a text is made once for all who ask for it.</summary>
public sealed class KeptOfRevisionTests
{
    private readonly KeptOfRevision _kept = new();
    private int _made;

    [Fact]
    public async Task However_many_ask_at_once_an_answer_is_made_once()
    {
        var mayGo = new TaskCompletionSource();

        var asking = Enumerable
            .Range(0, 64)
            .Select(_ =>
                Task.Run(async () =>
                {
                    await mayGo.Task;
                    return Ask("mugs");
                })
            )
            .ToList();
        mayGo.SetResult();
        var answers = await Task.WhenAll(asking);

        Assert.Single(answers.Distinct());
        Assert.NotEqual(answers[0], Ask("pots"));
        Assert.Equal(2, _made);
    }

    [Fact]
    public void Of_too_many_questions_the_old_ones_are_answered_anew()
    {
        foreach (var question in Enumerable.Range(0, 256))
        {
            Ask($"{question}");
        }

        Assert.Equal(1, Ask("0"));
        Assert.Equal(257, Ask("256"));
        Assert.Equal(258, Ask("0"));
        Assert.Equal(257, Ask("256"));
    }

    // Which answer it is.
    private int Ask(string question) =>
        _kept.Of(question, () => new Answer(Interlocked.Increment(ref _made))).Number;

    private sealed record Answer(int Number);
}
