using Shop.Load.Fire;

namespace Shop.Tests.Jobs;

public sealed class JobHostTests
{
    [Theory]
    [InlineData("Orders__PaymentTerm", "soon", "'soon' at 'Orders:PaymentTerm'")]
    [InlineData("Orders__IntakeBatch", "0", "Orders:IntakeBatch will not do.")]
    public async Task A_setting_that_cannot_be_read_is_named_in_a_line(string name, string value, string told)
    {
        using var host = HostProcess.Start(
            "dotnet",
            [Programs.BuiltWithUs.Jobs],
            new Dictionary<string, string> { [name] = value },
            readyWord: "Application started"
        );

        Assert.Equal(1, await host.EndAsync(CancellationToken.None));
        Assert.Contains(told, Assert.Single(host.LastWords.Split('\n')), StringComparison.Ordinal);
    }
}
