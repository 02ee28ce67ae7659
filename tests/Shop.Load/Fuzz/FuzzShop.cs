using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Fuzz;

/// <summary>
/// Sends anything to both schemas, in every way that clients have, and expects of each answer that it is one: with data or
/// errors, no fault of ours among them, no line cut, no other client disturbed.
/// </summary>
internal static class FuzzShop
{
    public static async Task<int> RunAsync(ShopAddress shop, Arguments arguments, CancellationToken cancel)
    {
        var requests = arguments.Number("requests", otherwise: 50_000, min: 100, max: 100_000_000);
        var workers = arguments.Number("workers", otherwise: 6, min: 1, max: 64);
        var seed = arguments.Number("seed", otherwise: 1, min: 0, max: int.MaxValue / 2);
        var (email, password) = (arguments.Text("email"), arguments.Text("password"));
        arguments.NoMore();
        var sent = 0;
        FuzzReport report;
        await using (
            new Progress(
                () => ((double)sent / requests, $"{sent} requests of seed {seed}"),
                TimeProvider.System
            )
        )
        {
            var targets = await TargetsAsync(shop.Graph, email, password, cancel);
            report = await FuzzRun.RunAsync(targets, workers, requests, seed, now => sent = now, cancel);
        }

        foreach (var fault in report.Faults)
        {
            Console.WriteLine(fault);
        }

        Console.WriteLine(
            $"{report.Sent} requests, {report.Faults.Count} faults, {report.Witnessed} pages beside them"
        );
        return report.Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>A guest and a new customer on the schema of shoppers; and on that of staff, with an account of theirs.</summary>
    /// <param name="address">Of the schema of shoppers.</param>
    /// <param name="email">Of staff; null leaves their schema to a customer.</param>
    /// <param name="password">Of the same.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlyList<FuzzTarget>> TargetsAsync(
        Uri address,
        string? email,
        string? password,
        CancellationToken cancel
    )
    {
        using var client = FuzzRun.Client();
        var (shop, admin) = (address, new Uri($"{address}/admin"));
        var customer = await TokenAsync(
            "customerRegister",
            "CustomerRegisterInput",
            new
            {
                email = $"{Guid.CreateVersion7()}@example.com",
                password = "a long password",
                name = "Fuzz",
            }
        );
        var staff = email is null
            ? customer
            : await TokenAsync("signIn", "SignInInput", new { email, password });
        var forShoppers = await FuzzSchema.ReadAsync(client, shop, without: [], cancel);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", staff);
        var forStaff = await FuzzSchema.ReadAsync(client, admin, without: [], cancel);
        return [new(shop, forShoppers, null), new(admin, forStaff, staff), new(shop, forShoppers, customer)];

        async Task<string> TokenAsync(string verb, string type, object input)
        {
            var query = $"mutation($input: {type}!) {{ {verb}(input: $input) {{ accessToken }} }}";
            using var answer = await client.PostAsJsonAsync(
                shop,
                new { query, variables = new { input } },
                cancel
            );
            var told = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            return told.GetProperty("data").GetProperty(verb).GetProperty("accessToken").GetString()
                ?? throw new ShopFaultException(verb, told.ToString());
        }
    }
}
