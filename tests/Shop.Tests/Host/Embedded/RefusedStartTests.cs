using System.Net;
using System.Net.Sockets;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Host.Embedded;

/// <summary>A start that cannot succeed says why in one sentence, and has started nothing by then.</summary>
public sealed class RefusedStartTests
{
    private readonly string _home = Path.Combine(RunFolder.Make("home"), "shop");

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("65536")]
    public void A_port_that_is_none_is_refused(string port)
    {
        var refusal = Assert.Throws<CannotStartException>(() => ShopBuilder.Create([$"--SHOP_PORT={port}"]));

        AssertOneSentence($"SHOP_PORT is {port};", refusal);
    }

    [Theory]
    [InlineData("--SHOP_PORT={0}")]
    [InlineData("--urls=http://localhost:{0}")]
    [InlineData("--urls=http://127.0.0.1:0;http://*:{0}")]
    [InlineData("--http_ports={0}")]
    public async Task A_port_that_is_taken_is_refused_before_the_stores_are_started(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refusal = await RefusedAsync(string.Format(null, setting, port));

        AssertOneSentence($"Something else listens on port {port}.", refusal);
        Assert.False(Directory.Exists(_home));
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused()
    {
        AssertOneSentence("The shop cannot listen at nowhere:", await RefusedAsync("--urls=nowhere"));
        Assert.False(Directory.Exists(_home));
    }

    [Fact]
    public async Task A_home_that_is_a_file_is_refused()
    {
        await File.WriteAllTextAsync(_home, "tea");

        AssertOneSentence($"The shop cannot keep its data in {_home}:", await RefusedAsync());
        Assert.Equal("tea", await File.ReadAllTextAsync(_home));
    }

    [Fact]
    public async Task A_home_that_cannot_be_written_is_refused()
    {
        // Nobody can write there, not even root.
        const string ReadOnly = "/proc/self";
        Assert.SkipUnless(Directory.Exists(ReadOnly), "There is no /proc here.");

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => WholeHome.OpenAsync(ReadOnly));

        AssertOneSentence($"The shop cannot keep its data in {ReadOnly}:", refusal);
    }

    [Fact]
    public async Task An_initdb_that_was_killed_says_so_and_is_run_again()
    {
        var programs = FakePrograms(initdb: "kill -9 $$");
        var (code, error) = await ShopProcess.TryAsync(_home, "run", ("PG_BIN", programs));

        Assert.Equal(1, code);
        Assert.Equal("PostgreSQL's initdb failed: it ended with code 137.", error.Trim());
        await using (await WholeHome.OpenAsync(_home)) { }
    }

    // Those of this machine, one of them ours.
    private static string FakePrograms(string initdb)
    {
        var folder = RunFolder.Make("programs");
        var real = PostgresBinaries.Find().Folder;
        foreach (var program in Directory.GetFiles(real))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(program)), program);
        }

        var fake = Path.Combine(folder, "initdb");
        File.Delete(fake);
        File.WriteAllText(fake, $"#!/bin/sh\n{initdb}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(fake, (UnixFileMode)0b111_101_101);
        }

        return folder;
    }

    private Task<CannotStartException> RefusedAsync(string setting = "--urls=http://127.0.0.1:0")
    {
        var builder = ShopBuilder.Create([setting]);
        return Assert.ThrowsAsync<CannotStartException>(() =>
            ShopBuilder.OwnStoresAsync(
                builder,
                _home,
                new Steps(TextWriter.Null, isTerminal: false, TimeProvider.System),
                CancellationToken.None
            )
        );
    }

    private static void AssertOneSentence(string start, CannotStartException refusal)
    {
        Assert.StartsWith(start, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
