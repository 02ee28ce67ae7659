using System.Net;
using System.Text.Json;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Host.Embedded;

public sealed class FullDiskTests
{
    private const int DiskMegabytes = 512;

    // So that some wait for the log of Redis at the moment at which it cannot be written.
    private const int Clients = 16;

    private const string CreateCart = """
        mutation { cartCreate(input: {lines: [{variant: {sku: "85123A"}, quantity: 2}]}) { cart { id } } }
        """;
    private const string ReadCart = "query ($id: ID!) { cart(id: $id) { quantity } }";

    private readonly string _home = RunFolder.Make("home");

    [Fact]
    public async Task A_shop_whose_disk_is_full_says_so_and_goes_on_by_itself_when_there_is_room()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess,
            "Only root can give it a disk of its own."
        );
        using var shop = await ShopProcess.OpenAsync(_home, DiskMegabytes);
        var cart = IdOf(await shop.TryAskAsync(CreateCart))!;

        var filler = Path.Combine(shop.Home, "filler");
        Fill(filler);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ThrottledAsync(shop)));
        await Eventually.TrueAsync(async () => await shop.ReadyAsync() == HttpStatusCode.ServiceUnavailable);

        File.Delete(filler);
        await Eventually.TrueAsync(async () => await shop.ReadyAsync() == HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => IdOf(await shop.TryAskAsync(CreateCart)) is not null);
        Assert.Contains(
            "\"quantity\":2",
            await shop.TryAskAsync(ReadCart, new { id = cart }),
            StringComparison.Ordinal
        );
    }

    /// <summary>Makes carts until that is refused.</summary>
    private static async Task ThrottledAsync(ShopProcess shop)
    {
        string answer;
        do
        {
            answer = await shop.TryAskAsync(CreateCart);
        } while (IdOf(answer) is not null);

        Assert.Contains("\"THROTTLED\"", answer, StringComparison.Ordinal);
    }

    private static void Fill(string path)
    {
        using var filler = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        // At last a sector at a time: nothing is left.
        foreach (var length in new[] { 1 << 20, 512 })
        {
            try
            {
                for (var block = new byte[length]; ; )
                {
                    RandomAccess.Write(filler, block, RandomAccess.GetLength(filler));
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    private static string? IdOf(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return
            json.RootElement.TryGetProperty("data", out var data)
            && data is { ValueKind: JsonValueKind.Object }
            && data.GetProperty("cartCreate") is { ValueKind: JsonValueKind.Object } made
            && made.GetProperty("cart") is { ValueKind: JsonValueKind.Object } cart
            ? cart.GetProperty("id").GetString()
            : null;
    }
}
