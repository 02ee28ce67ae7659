using System.Text.RegularExpressions;
using Shop.Tests.Architecture;

namespace Shop.Tests.Deploy;

/// <summary>What can be said of docker-compose.yml without an engine; CI lets docker-compose parse it, too.</summary>
public sealed partial class ComposeTests
{
    private static readonly string _compose = Papers.Read("docker-compose.yml");

    [Fact]
    public void No_password_stands_in_it_and_none_may_be_left_out()
    {
        var secrets = _compose
            .Split('\n')
            .Where(line =>
                line.Contains("password=", StringComparison.OrdinalIgnoreCase) || Secret().IsMatch(line)
            )
            .ToList();

        Assert.NotEmpty(secrets);
        Assert.All(secrets, line => Assert.Matches(@"(?i)(password=|:\s*""?)\$\{\w+:\?[^}]+\}""?$", line));
    }

    [Fact]
    public void The_example_names_every_variable_and_gives_no_password_away()
    {
        var example = Papers.Read(".env.example");

        Assert.All(
            Variable().Matches(_compose).Select(match => match.Groups["name"].Value).Distinct(),
            name => Assert.Matches($"(?m)^(# )?{name}=", example)
        );
        Assert.DoesNotMatch(@"(?m)^\w*PASSWORD=.+$", example);
    }

    // A line that sets a password or an auth; not one that only calls it inside the container ($$).
    [GeneratedRegex(
        @"^\s*\w*(PASSWORD\w*|AUTH):",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
