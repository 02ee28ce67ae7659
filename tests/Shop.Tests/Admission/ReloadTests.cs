using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Admission;

/// <summary>A file of rules that changes while the shop is open.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string Me = "{ me { name } }";

    private readonly FakeTimeProvider _clock = new();
    private readonly ShopMeter _meter = new();
    private readonly Breaker _breaker;
    private RuledLibrary _library = null!;

    public ReloadTests() =>
        _breaker = new(
            "search",
            new(0.5, TimeSpan.FromSeconds(10), Least: 100, TimeSpan.FromSeconds(10)),
            fault => fault is IOException,
            _meter,
            _clock
        );

    public async ValueTask InitializeAsync() =>
        _library = await RuledLibrary.OpenAsync(Rules("1", perSecond: 1_000_000), _breaker);

    [Fact]
    public async Task No_request_fails_while_the_file_is_rewritten_broken_and_its_link_is_turned()
    {
        using var done = new CancellationTokenSource();
        using var asked = new SemaphoreSlim(0);
        var clients = Enumerable.Range(0, 4).Select(_ => AskUntilAsync(asked, done.Token)).ToList();

        for (var turn = 2; turn <= 31; turn++)
        {
            var before = _library.Rules.Book.Version;
            switch (turn % 3)
            {
                case 0:
                    _library.Write(Rules($"{turn}", perSecond: 1_000_000)[..^(turn % 7 + 1)]);
                    Assert.Equal(before, _library.Rules.Book.Version);
                    Assert.NotNull(_library.Rules.Fault);
                    break;
                case 1:
                    TurnLink($"{turn}");
                    Assert.Equal($"{turn}", _library.Rules.Book.Version);
                    break;
                default:
                    _library.Write(Rules($"{turn}", perSecond: 1_000_000));
                    Assert.Equal($"{turn}", _library.Rules.Book.Version);
                    Assert.Null(_library.Rules.Fault);
                    break;
            }

            // Each has somebody who has asked it: of five answers that come now, one was begun under it.
            while (asked.CurrentCount > 0)
            {
                await asked.WaitAsync();
            }

            for (var answer = 0; answer < 5; answer++)
            {
                await asked.WaitAsync();
            }
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(clients), Assert.Null);
        Assert.Equal(
            10,
            _library.Host.Log.Lines.Count(line => line.StartsWith("1302 ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_change_is_in_force_within_two_seconds()
    {
        await File.WriteAllTextAsync(_library.Path, Rules("2", perSecond: 1));

        _library.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => _library.Rules.Book.Version == "2");
    }

    [Fact]
    public void A_file_that_is_gone_or_empty_changes_nothing_and_is_told_of_once()
    {
        File.Delete(_library.Path);
        _library.Rules.Look();
        _library.Rules.Look();
        Assert.NotNull(_library.Rules.Fault);
        _library.Write("");
        _library.Rules.Look();

        Assert.Equal("1", _library.Rules.Book.Version);
        Assert.Equal(
            2,
            _library.Host.Log.Lines.Count(line => line.StartsWith("1302 ", StringComparison.Ordinal))
        );
        _library.Write(Rules("1", perSecond: 1_000_000));
        Assert.Null(_library.Rules.Fault);
    }

    [Fact]
    public async Task What_a_rule_has_counted_and_given_out_is_its_ids()
    {
        _library.Write(Rules("2", perSecond: 0.001, burst: 3));
        Assert.Null(await _library.RefusedByAsync(Me));

        _library.Write(Rules("3", perSecond: 0.002, burst: 2));
        Assert.Null(await _library.RefusedByAsync(Me));
        Assert.Null(await _library.RefusedByAsync(Me));
        Assert.Equal("me", await _library.RefusedByAsync(Me));
        var state = Assert.Single(_library.Rules.Book.States);
        Assert.Equal((3, 1), (state.Taken, state.Refused));

        _library.Write(Rules("4", perSecond: 0.002, burst: 2, id: "another"));
        Assert.Null(await _library.RefusedByAsync(Me));
        Assert.Equal(1, Assert.Single(_library.Rules.Book.States).Taken);
    }

    [Fact]
    public async Task A_breaker_opens_stays_open_over_other_files_looks_and_closes()
    {
        _library.Write(Breakers("2", """{ "id": "search", "least": 2, "open": "00:00:20" }"""));
        Assert.Equal(
            ["failed", "failed", "refused"],
            [await FailAsync(), await FailAsync(), await FailAsync()]
        );

        _library.Write(Breakers("3", """{ "id": "search", "least": 2, "open": "00:00:30" }"""));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("refused", await FailAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["failed", "refused"], [await FailAsync(), await FailAsync()]);

        _library.Write(Breakers("4", """{ "id": "searching", "least": 2 }"""));
        Assert.Contains("there are search.", _library.Rules.Fault, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("refused", await FailAsync());

        // Which says nothing of it: its own ten seconds are over.
        _library.Write(Rules("5", perSecond: 1_000_000));
        Assert.Equal(BreakerState.Open, _breaker.State);
        Assert.Equal(7, await _breaker.CallAsync(() => Task.FromResult(7), () => 0));
        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    public ValueTask DisposeAsync()
    {
        _meter.Dispose();
        return _library.DisposeAsync();
    }

    private async Task<string> FailAsync()
    {
        try
        {
            return await _breaker.CallAsync<string>(() => throw new IOException(), () => "refused");
        }
        catch (IOException)
        {
            return "failed";
        }
    }

    private static string Breakers(string version, string rule) =>
        $$"""{ "version": "{{version}}", "breakers": [{{rule}}] }""";

    // As Kubernetes changes a ConfigMap: another folder, and the link to it is turned.
    private void TurnLink(string version)
    {
        var (folder, link) = (RunFolder.Make("rules"), _library.Path + ".link");
        var target = Path.Combine(folder, "rules.json");
        File.WriteAllText(target, Rules(version, perSecond: 1_000_000));
        File.CreateSymbolicLink(link, target);
        File.Move(link, _library.Path, overwrite: true);
        _library.Rules.Look();
    }

    private async Task<string?> AskUntilAsync(SemaphoreSlim asked, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            if (await _library.RefusedByAsync(Me) is { } rule)
            {
                return rule;
            }

            asked.Release();
        }

        return null;
    }

    private static string Rules(string version, double perSecond, double? burst = null, string id = "me") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{ "version": "{{version}}", "flow": [{ "id": "{{id}}", "operation": "me", "perSecond": {{perSecond}}, "burst": {{burst ?? perSecond}} }] }"""
        );
}
