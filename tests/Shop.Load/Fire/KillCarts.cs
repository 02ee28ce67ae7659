using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Shop.Data.Carts;
using Shop.Data.Kernel;
using Shop.GraphQL.Host.Embedded.Redis;
using Shop.Load.Measure;
using StackExchange.Redis;

namespace Shop.Load.Fire;

/// <summary>
/// Kills the embedded Redis again and again while carts are written, and looks each time whether what was answered is there,
/// and nothing is there by halves.
/// </summary>
/// <param name="folder">Of the Redis; the same for each kill.</param>
internal sealed class KillCarts(string folder)
{
    private const int MostAnswers = 3_000;

    // The version that was promised last, by cart.
    private readonly Dictionary<CartId, int> _promised = [];

    /// <returns>0; 1 if a promise was broken.</returns>
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancel)
    {
        var kills = arguments.Number("kills", otherwise: 100, min: 1, max: 10_000);
        arguments.NoMore();
        var folder = Directory.CreateTempSubdirectory("shop-carts-").FullName;
        var drill = new KillCarts(folder);
        var findings = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            findings.AddRange(await drill.KillAsync(cancel));
        }

        Report.Line("kills", kills);
        Report.Line("carts", drill._promised.Count);
        Report.Line("findings", findings.Count);
        findings.ForEach(Console.WriteLine);
        Directory.Delete(folder, recursive: true);
        return findings.Count == 0 ? 0 : 1;
    }

    /// <summary>Starts it, kills it among its answers, opens it again.</summary>
    /// <returns>What is wrong then, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> KillAsync(CancellationToken cancel)
    {
        await WriteAsync(Random.Shared.Next(1, MostAnswers), cancel);
        using var redis = EmbeddedRedis.Start(folder);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var options = Options.Create(new CartOptions());
        var consistency = new CartConsistency(connection, options);
        await consistency.MendAsync(cancel);
        var findings = new List<string>();
        if (await consistency.KeysWithoutExpiryAsync(cancel) is > 0 and var kept)
        {
            findings.Add($"{kept} keys never expire");
        }

        var carts = new CartStore(connection, TimeProvider.System, options);
        foreach (var (cart, version) in _promised)
        {
            if (Fault(await carts.FindAsync(cart, cancel), version) is { } fault)
            {
                findings.Add($"a cart that was answered at version {version} {fault}");
            }
        }

        return findings;
    }

    private async Task WriteAsync(int answers, CancellationToken cancel)
    {
        using var writers = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(KillCarts).Assembly.Location, "write-carts", folder])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        try
        {
            for (var answer = 0; await writers.StandardOutput.ReadLineAsync(cancel) is { } said; answer++)
            {
                if (answer == answers)
                {
                    writers.Kill();
                }

                // A line that the kill has cut promises nothing.
                if (
                    said.Split(' ') is [var secret, var version]
                    && CartId.TryParse(secret, out var cart)
                    && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                )
                {
                    _promised[cart] = Math.Max(number, _promised.GetValueOrDefault(cart));
                }
            }

            await writers.WaitForExitAsync(cancel);
        }
        finally
        {
            writers.Kill();
        }
    }

    private static string? Fault(Cart? cart, int promised) =>
        cart is null ? "is gone"
        : cart.Version < promised ? $"is at {cart.Version}"
        : cart.Lines is [] ? null
        : cart.Lines is not [var one, var other] ? $"has {cart.Lines.Count} lines"
        : (one.Quantity, one.IsSelected) != (other.Quantity, other.IsSelected) ? "has changed by halves"
        : null;
}
