using GraphQL;
using Shop.GraphQL.Engine.Problems;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Sockets;
using Shop.Tests.Architecture;
using Snapshooter.Xunit3;

namespace Shop.Tests.Transport.Errors;

/// <summary>
/// docs/errors.md shows for each code a request and what the shop answers. Each of them is sent here; the answer is a
/// snapshot, and the paper shows that snapshot.
/// </summary>
public sealed class ErrorPaperTests(ErrorShop shop) : IClassFixture<ErrorShop>
{
    public static TheoryData<string> Examples => [.. ErrorExample.All.Select(example => example.ToString())];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_paper_shows_what_the_shop_answers(string name)
    {
        var example = ErrorExample.All.Single(each => each.ToString() == name);

        var answer = await shop.AskAsync(example);

        Snapshot.Match(answer, name);
        Assert.True(
            answer == example.Answer,
            $"docs/errors.md is old. {name} is answered with:\n\n{answer}\n"
        );
    }

    [Fact]
    public void Every_code_that_a_client_can_see_is_explained_and_shown()
    {
        var errors = typeof(ErrorCode).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var problems = Enum.GetNames<ProblemCode>().Select(name => name.ToConstantCase());
        var codes = problems
            .Select(code => $"Problem.{code}")
            .Concat(errors.Select(code => $"Error.{code}"))
            .ToList();

        Assert.Equal(codes.Order(), ErrorExample.All.Select(example => example.ToString()).Order());
        Assert.Equal(
            codes.Select(code => code.Split('.')[1]).Order(),
            Told(cell => cell.StartsWith('`')).Order()
        );
    }

    [Fact]
    public void Every_code_that_closes_a_WebSocket_is_explained() =>
        Assert.Equal(
            typeof(CloseReason)
                .GetFields()
                .Select(field => (CloseReason)field.GetValue(null)!)
                .Append(CloseReason.Duplicate("1"))
                .Select(reason => $"{reason.Code}")
                .Distinct()
                .Order(),
            Told(cell => char.IsAsciiDigit(cell[0])).Order()
        );

    // The first column of the paper's tables, where it reads like that.
    private static IEnumerable<string> Told(Predicate<string> form) =>
        from row in Papers.Rows("docs/errors.md")
        where form(row[0])
        select row[0].Trim('`');
}
