using System.Globalization;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Admission;

/// <summary>A file of rules that changes while the shop is open.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string Me = "{ me { name } }";

    private RuledLibrary _library = null!;

    public async ValueTask InitializeAsync() =>
        _library = await RuledLibrary.OpenAsync(Rules("1", perSecond: 1_000_000));

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

    public ValueTask DisposeAsync() => _library.DisposeAsync();

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
