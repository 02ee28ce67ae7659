using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage.Breakers;
using Shop.Data.Storage.Points;
using Shop.Data.Telemetry;
using Shop.GraphQL.Admission;
using Shop.Tests.Architecture;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Admission;

/// <summary>What a file of rules may say, on the schemas of the shop.</summary>
public sealed class RuleFileTests
{
    private static readonly TimeSpan _tenSeconds = TimeSpan.FromSeconds(10);
    private static readonly BreakerTerms _own = new(0.3, _tenSeconds, 5, _tenSeconds);
    private static readonly ShopMeter _meter = new();

    private static readonly Lazy<IServiceProvider> _schemas = new(() =>
        new ServiceCollection().ShareSchemas().AddSingleton<RootArguments>().BuildServiceProvider()
    );

    [Fact]
    public void The_file_that_the_paper_shows_is_one()
    {
        var paper = Papers.Read("docs/operations/rules.md");
        var (begin, end) = (paper.IndexOf("```json", StringComparison.Ordinal) + 7, 0);
        end = paper.IndexOf("```", begin, StringComparison.Ordinal);

        var book = Bind(paper[begin..end]);

        Assert.Equal("2026-11-28.3", book.Version);
        Assert.Equal(["scraper", "place", "sku", "guest"], book.States.Select(rule => rule.Id));
        Assert.Equal(new LimitBounds(8, 512, 2), book.System!.Bounds);
        Assert.Equal(
            ["order 1", "cart 0.9", "staff 0.9", "browse 0.7", "import 0.5"],
            book.System.Classes.Select(rule => FormattableString.Invariant($"{rule.Name} {rule.Share}"))
        );
        Assert.Equal(
            new BreakerTerms(0.5, _tenSeconds, 20, _tenSeconds, TimeSpan.FromSeconds(1), 0.8),
            book.Breakers.Single(rule => rule.Breaker.Id == "search").Terms
        );
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "JSON object")]
    [InlineData("""{ "version": "1" """, "depth to be zero")]
    [InlineData("{}", "version")]
    [InlineData("""{ "version": "" }""", "`version`")]
    [InlineData("""{ "version": "1", "flows": [] }""", "flows")]
    [InlineData("""{ "version": "1", "version": "2" }""", "version")]
    [InlineData("""{ "version": "1", "flow": [null] }""", "is no id")]
    [InlineData("""{ "version": "1", "deny": [{ "id": "x" }] }""", "denies nobody")]
    [InlineData("""{ "version": "1", "deny": [{ "id": "x", "who": "everybody" }] }""", "who")]
    [InlineData("""{ "version": "1", "deny": [{ "id": "x", "address": "203.0.113.0/33" }] }""", "`address`")]
    [InlineData("""{ "version": "1", "deny": [{ "id": "X", "who": "guest" }] }""", "`X` is no id")]
    [InlineData(
        """{ "version": "1", "flow": [{ "id": "x", "operation": "OrderPlace", "perSecond": 1 }] }""",
        "no schema has a root field `OrderPlace`"
    )]
    [InlineData(
        """{ "version": "1", "flow": [{ "id": "x", "operation": "orderPlace", "perSecond": 0 }] }""",
        "`perSecond`"
    )]
    [InlineData(
        """{ "version": "1", "flow": [{ "id": "x", "operation": "orderPlace", "perSecond": 1, "warmUp": "02:00:00" }] }""",
        "`warmUp`"
    )]
    [InlineData(
        """{ "version": "1", "flow": [{ "id": "x", "operation": "orderPlace", "perSecond": 1, "scope": 1 }] }""",
        "scope"
    )]
    [InlineData(
        """{ "version": "1", "hot": [{ "id": "x", "operation": "cartLinesAdd", "value": "input.lines.sku", "perSecond": 1 }] }""",
        "no argument `input.lines.sku`"
    )]
    [InlineData(
        """{ "version": "1", "hot": [{ "id": "x", "operation": "cart", "value": "id", "perSecond": 1, "except": { "a": 0 } }] }""",
        "`perSecond`"
    )]
    [InlineData(
        """{ "version": "1", "subjects": [{ "id": "x", "points": 0, "perSecond": 1 }] }""",
        "`points`"
    )]
    [InlineData(
        """{ "version": "1", "deny": [{ "id": "x", "who": "guest" }], "subjects": [{ "id": "x", "points": 1, "perSecond": 1 }] }""",
        "Several rules are `x`"
    )]
    [InlineData("""{ "version": "1", "deny": [{ "id": "system", "who": "guest" }] }""", "`system`")]
    [InlineData("""{ "version": "1", "classes": { "order": 1 } }""", "shares of what `system`")]
    [InlineData("""{ "version": "1", "system": {}, "classes": { "orders": 1 } }""", "orders")]
    [InlineData("""{ "version": "1", "system": {}, "classes": { "browse": 0 } }""", "`browse` is 0.01 to 1")]
    [InlineData("""{ "version": "1", "system": { "min": 0 } }""", "`min`")]
    [InlineData("""{ "version": "1", "system": { "min": 9, "max": 8 } }""", "`max`")]
    [InlineData("""{ "version": "1", "system": { "tolerance": 0.9 } }""", "`tolerance`")]
    [InlineData(
        """{ "version": "1", "breakers": [{ "id": "searching" }] }""",
        "no breaker `searching`; there are cache, search."
    )]
    [InlineData("""{ "version": "1", "breakers": [null] }""", "no breaker ``")]
    [InlineData(
        """{ "version": "1", "breakers": [{ "id": "cache" }, { "id": "cache" }] }""",
        "Several rules are about the breaker `cache`"
    )]
    [InlineData("""{ "version": "1", "breakers": [{ "id": "cache", "errorRatio": 2 }] }""", "`errorRatio`")]
    [InlineData("""{ "version": "1", "breakers": [{ "id": "cache", "slowRatio": 0.5 }] }""", "`slowCall`")]
    [InlineData("""{ "version": "1", "breakers": [{ "id": "cache", "least": 0 }] }""", "`least`")]
    [InlineData("""{ "version": "1", "breakers": [{ "id": "cache", "open": "01:00:01" }] }""", "`open`")]
    [InlineData("""{ "version": "1", "breakers": [{ "id": "cache", "slow": "00:00:01" }] }""", "slow")]
    public void A_file_that_will_not_do_is_refused_with_what_is_wrong(string text, string wrong)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Bind(text));

        Assert.Contains(wrong, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_said_of_a_breaker_is_as_it_was()
    {
        var book = Bind("""{ "version": "1", "breakers": [{ "id": "search", "least": 7 }] }""");

        Assert.Equal([_own, _own with { Least = 7 }], book.Breakers.Select(rule => rule.Terms));
    }

    private static RuleBook Bind(string text)
    {
        var clock = new FakeTimeProvider(ShopHost.Now);
        return new RuleBinder(
            _schemas.Value.GetRequiredService<RootArguments>(),
            new SharedPoints(() => throw new InvalidOperationException("Nobody is asked yet."), clock),
            new(() => [Breaker("search"), Breaker("cache")]),
            clock,
            NullLogger<RuleBinder>.Instance
        ).Bind(RuleText.Read(System.Text.Encoding.UTF8.GetBytes(text)), before: null);
    }

    private static Breaker Breaker(string id) =>
        new(id, _own, _ => true, _meter, new FakeTimeProvider(ShopHost.Now));
}
