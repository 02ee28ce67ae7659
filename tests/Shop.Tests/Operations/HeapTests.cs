using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Tests.Architecture;
using Shop.Tests.Fixtures;
using Shop.Tests.Telemetry;

namespace Shop.Tests.Operations;

/// <summary>The heap of a web host, for an admin who cannot open a shell beside it.</summary>
public sealed class HeapTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task An_admin_gets_it_once_in_ten_minutes_and_a_tool_reads_it()
    {
        using var web = await WebProcess.OpenAsync(shop, ("Operations__Heap", "true"));
        var (clerk, admin) = (
            await SignInAsync(web, "clerk@example.com", StaffRole.Orders),
            await SignInAsync(web, "admin@example.com", StaffRole.Admin)
        );

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(web.Client, admin)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(web.Operators, token: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(web.Operators, "forged")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(web.Operators, clerk)).Status);
        await EntriesAsync(0);
        var (status, _, heap) = await AskAsync(web.Operators, admin);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith(
            "Nettrace",
            System.Text.Encoding.ASCII.GetString(heap[..8]),
            StringComparison.Ordinal
        );
        var (again, wait, _) = await AskAsync(web.Operators, admin);
        Assert.Equal(HttpStatusCode.TooManyRequests, again);
        Assert.InRange(wait!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        await EntriesAsync(1);

        var file = Path.Combine(RunFolder.Make("heap"), "shop.nettrace");
        await File.WriteAllBytesAsync(file, heap);
        await GcdumpAsync("convert", file);
        Assert.Contains(
            "Shop.GraphQL.Operations.Heap.OwnHeap ",
            await GcdumpAsync("report", Path.ChangeExtension(file, "gcdump")),
            StringComparison.Ordinal
        );
    }

    private async Task<string> SignInAsync(WebProcess web, string email, StaffRole role)
    {
        var staff = await shop.Get<SaveStaff>()
            .RunAsync(new(email, [role], NewPassword: true), CancellationToken.None);
        var answer = await web.AskAsync(
            "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }",
            new { input = new { email, password = staff.Password } }
        );
        return JsonDocument
            .Parse(answer)
            .RootElement.GetProperty("data")
            .GetProperty("signIn")
            .GetProperty("accessToken")
            .GetString()!;
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? Wait, byte[] Body)> AskAsync(
        HttpClient client,
        string? token
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/operations/heap");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return (
            answer.StatusCode,
            answer.Headers.RetryAfter?.Delta,
            await answer.Content.ReadAsByteArrayAsync()
        );
    }

    private Task EntriesAsync(int count) =>
        Eventually.TrueAsync(
            shop,
            $"select count(*) = {count} from accounts.audit_entry where action = 'heapTake'"
        );

    private static async Task<string> GcdumpAsync(string verb, string file)
    {
        var start = new ProcessStartInfo("dotnet", ["gcdump", verb, file])
        {
            WorkingDirectory = Papers.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        var complaints = tool.StandardError.ReadToEndAsync();
        var text = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"{await complaints}{text}");
        return text;
    }
}
