using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Shop.Data.Kernel;
using Shop.Data.Payments.Channels;
using Shop.Tests.Fixtures;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments;

/// <summary>Staff hears that a key ends while there is time to get the next one.</summary>
public sealed class KeyWarningTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    [Theory]
    [InlineData(31, false)]
    [InlineData(30, true)]
    [InlineData(-1, true)]
    [InlineData(null, false)]
    public async Task Thirty_days_before_its_end_a_key_is_warned_of(int? days, bool isWarned)
    {
        shop.Channel.Reset();
        shop.Channel.Traits = shop.Channel.Traits with
        {
            KeyExpiresAt = days is { } left ? shop.Shop.Clock.GetUtcNow().AddDays(left) : null,
        };

        var told = await shop.Shop.AskAsync(
            Askers.Staff(StaffRole.Payments),
            "{ paymentChannels { account keyExpiresAt keyEndsSoon } }"
        );
        var log = new Sentences();
        await new WarnOfKeys(shop.Shop.Get<PaymentAccounts>(), log).RunAsync();

        Assert.Equal(
            [("main", isWarned), ("other", false)],
            told.GetProperty("paymentChannels")
                .EnumerateArray()
                .Select(channel =>
                    (
                        channel.GetProperty("account").GetString(),
                        channel.GetProperty("keyEndsSoon").GetBoolean()
                    )
                )
        );
        Assert.Equal(isWarned ? 1 : 0, log.All.Count);
        Assert.All(
            log.All,
            line => Assert.StartsWith("A key of account main ends at", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_first_end_counts_and_of_those_that_can_stand_for_each_other_the_last()
    {
        using var key = ECDsa.Create();
        X509Certificate2 Ending(int year) =>
            new CertificateRequest("CN=key", key, HashAlgorithmName.SHA256).CreateSelfSigned(
                ShopHost.Now,
                new(year, 1, 1, 0, 0, 0, TimeSpan.Zero)
            );

        Assert.Equal(2031, RsaKeys.FirstEnd([Ending(2031)], [Ending(2030), Ending(2032)], []).Year);
        Assert.Equal(2030, RsaKeys.FirstEnd([Ending(2031)], [Ending(2029), Ending(2030)]).Year);
    }

    private sealed class Sentences : ILogger<WarnOfKeys>
    {
        public List<string> All { get; } = [];

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => All.Add(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
