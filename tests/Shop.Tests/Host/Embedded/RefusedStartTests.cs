using System.Net;
using System.Net.Sockets;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Host.Embedded;

/// <summary>A start that cannot succeed says why in one sentence, and has started nothing by then.</summary>
public sealed class RefusedStartTests
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

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

    [Theory]
    [InlineData("Orders:PaymentTerm=soon", "Orders:PaymentTerm")]
    [InlineData("Orders:IntakeBatch=0", "Orders:IntakeBatch will not do. ")]
    [InlineData("Jobs:InProcess=maybe", "Jobs:InProcess")]
    [InlineData("Accounts:KeySecret=short", "Accounts:KeySecret will not do. ")]
    [InlineData("GraphQL:Documents:Manifest=/nowhere.json", "/nowhere.json is no manifest of documents: ")]
    public async Task A_setting_that_cannot_be_read_is_refused_before_the_stores_are_started(
        string setting,
        string told
    )
    {
        var refusal = await RefusedAsync(AnyPort, $"--{setting}");

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.False(Directory.Exists(_home));
    }

    [Fact]
    public async Task Each_setting_that_is_wrong_is_told_in_a_line()
    {
        var refusal = await RefusedAsync(AnyPort, "--Orders:IntakeBatch=0", "--Carts:Lifetime=00:00:01");

        Assert.Equal(
            ["Carts:Lifetime", "Orders:IntakeBatch"],
            refusal.Message.Split('\n').Select(line => line.Split(" will not do. ")[0]).Order()
        );
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

    private Task<CannotStartException> RefusedAsync(params string[] settings)
    {
        var builder = ShopBuilder.Create(settings is [] ? [AnyPort] : settings);
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
