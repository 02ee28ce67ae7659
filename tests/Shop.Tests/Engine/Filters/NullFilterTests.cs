using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Engine.Filters;

/// <summary>An empty variable must not find the orders of all customers.</summary>
public sealed class NullFilterTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private ShopSchema Schema => shop.Services.GetRequiredKeyedService<GraphEngine>(Audience.Staff).Schema;

    [Theory]
    [InlineData("null", null)]
    [InlineData("{ email: null }", null)]
    [InlineData("{ email: { eq: null } }", null)]
    [InlineData("{ not: { email: { eq: null } } }", null)]
    [InlineData("{ or: [{ email: { in: null } }] }", null)]
    [InlineData("{ email: { eq: $text } }", "String")]
    public async Task What_is_null_is_told_and_finds_nothing(string where, string? variable)
    {
        var declared = variable is null ? "" : $"($text: {variable})";
        var code = await shop.ErrorAsync(
            Askers.Staff(StaffRole.Orders),
            $"query {declared} {{ orders(where: {where}) {{ nodes {{ number }} }} }}",
            new { text = (string?)null }
        );
        Assert.Equal("VALIDATION_FAILED", code);
    }

    [Fact]
    public async Task A_variable_that_is_not_given_asks_for_nothing()
    {
        await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            "query ($where: OrderWhere, $text: String) { a: orders(where: $where) { nodes { number } } "
                + "b: orders(where: { email: { eq: $text } }) { nodes { number } } }"
        );
    }

    [Fact]
    public async Task Every_part_of_every_filter_refuses_null()
    {
        var places = Places().ToList();
        Assert.Contains(places, place => place.Filter == "{ category: { eq: null } }");
        var taken = new List<string>();
        foreach (var (field, others, type, filter) in places)
        {
            // As a literal, and as the variable of a client.
            foreach (
                var (operation, variables) in new (string, string)[]
                {
                    ($"{{ {field}({others}where: {filter}) {{ __typename }} }}", "{}"),
                    (
                        $"query ($where: {type}) {{ {field}({others}where: $where) {{ __typename }} }}",
                        $$"""{ "where": {{Quoted(filter)}} }"""
                    ),
                }
            )
            {
                var answer = await shop.AnswerAsync(
                    Askers.Staff(Enum.GetValues<StaffRole>()),
                    operation,
                    JsonSerializer.Deserialize<JsonElement>(variables)
                );
                if (!$"{answer}".Contains("leave it out", StringComparison.Ordinal))
                {
                    taken.Add($"{operation} {variables}: {answer}");
                }
            }
        }

        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }

    /// <summary>Every field with a filter, with null as the whole, as each part and as each part of a part.</summary>
    private IEnumerable<(string Field, string Others, string Type, string Filter)> Places() =>
        from field in Schema.Query.Fields
        from argument in field.Arguments ?? []
        let type = argument.ResolvedType!.GetNamedType() as IInputObjectGraphType
        where type is not null && argument.Name == "where"
        from filter in Nulls(type, depth: 2).Prepend("null")
        select (field.Name, string.Concat(Needed(field)), type.Name, filter);

    // What has to be there beside the filter.
    private static IEnumerable<string> Needed(FieldType field) =>
        from argument in field.Arguments!
        where argument.DefaultValue is null
        let needed = argument.ResolvedType as NonNullGraphType
        where needed is not null
        let values = ((EnumerationGraphType)needed.GetNamedType()).Values
        select $"{argument.Name}: {values.First().Name}, ";

    private static IEnumerable<string> Nulls(IInputObjectGraphType type, int depth)
    {
        foreach (var part in type.Fields)
        {
            var others = type.Fields.Any(other => other.Name == "currencyCode" && other != part)
                ? "currencyCode: EUR, "
                : "";
            if (part.ResolvedType is not NonNullGraphType)
            {
                yield return $"{{ {others}{part.Name}: null }}";
            }

            if (depth > 1 && part.ResolvedType!.GetNamedType() is IInputObjectGraphType inner)
            {
                foreach (var inside in Nulls(inner, depth - 1))
                {
                    yield return $"{{ {part.Name}: {inside} }}";
                }
            }
        }
    }

    private static string Quoted(string filter) =>
        filter
            .Replace("EUR", "\"EUR\"", StringComparison.Ordinal)
            .Split(' ')
            .Select(word => word.EndsWith(':') ? $"\"{word[..^1]}\":" : word)
            .Aggregate((left, right) => $"{left} {right}");
}
