using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Data.Storage.Ids;
using Shop.Load.Bench;

namespace Shop.Load.Client;

/// <summary>
/// What staff does, signed in as an admin of its own. Calls are repeated with their keys until they are answered; it is signed in anew
/// where its token is over. Safe to share between threads.
/// </summary>
internal sealed class StaffClient : IDisposable
{
    private const string Email = "bench@example.com";

    private readonly ShopClient _door;
    private readonly ShopClient _desk;
    private readonly string _password;

    private StaffClient(ShopAddress shop, string password) =>
        (_door, _desk, _password) = (
            new(shop.Staff, connections: 1),
            new(shop.Staff, connections: 16),
            password
        );

    /// <summary>Makes the admin, or gives it a new password.</summary>
    public static async Task<StaffClient> OpenAsync(
        ShopAddress shop,
        RunningShop stores,
        CancellationToken cancel
    )
    {
        await using var back = BackOffice.Build(stores);
        await back.Services.GetRequiredService<MachineLease>().StartAsync(cancel);
        var saved = await back
            .Services.GetRequiredService<SaveStaff>()
            .RunAsync(new(Email, [StaffRole.Admin], NewPassword: true), cancel);
        return new(shop, saved.Password!);
    }

    /// <summary>One mutation, with a key of its own.</summary>
    /// <param name="verb">Its field.</param>
    /// <param name="input">Fields of its input, as they are written in a document.</param>
    /// <param name="selection">What is read of the payload, beside its problems.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The payload; it has no problems.</returns>
    /// <exception cref="ShopFaultException">It was refused.</exception>
    /// <exception cref="ShopAwayException">The shop is away for longer than a client waits.</exception>
    public async Task<JsonElement> DoAsync(
        string verb,
        string input,
        string selection,
        CancellationToken cancel
    )
    {
        var operation = new Operation(
            verb,
            $"mutation {verb} {{ {verb}(input: {{idempotencyKey: \"{Guid.CreateVersion7()}\", {input}}}) {{ {selection} problems {{ code message }} }} }}"
        );
        var payload = (await SignedInAsync(operation, cancel)).GetProperty(verb);
        return payload.GetProperty("problems").GetArrayLength() == 0
            ? payload
            : throw new ShopFaultException(verb, payload.ToString());
    }

    public void Dispose()
    {
        _door.Dispose();
        _desk.Dispose();
    }

    private async Task<JsonElement> SignedInAsync(Operation operation, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                _desk.AccessToken ??= await SignInAsync(cancel);
                return await RepeatAsync(_desk, operation, cancel);
            }
            catch (ShopFaultException fault) when (fault.Code == "UNAUTHENTICATED")
            {
                _desk.AccessToken = null;
            }
        }
    }

    private async Task<string> SignInAsync(CancellationToken cancel)
    {
        var operation = new Operation(
            "SignIn",
            $"mutation SignIn {{ signIn(input: {{email: \"{Email}\", password: \"{_password}\"}}) {{ accessToken problems {{ code }} }} }}"
        );
        var payload = (await RepeatAsync(_door, operation, cancel)).GetProperty("signIn");
        return payload.GetProperty("accessToken").GetString()
            ?? throw new ShopFaultException("signIn", payload.ToString());
    }

    private static Task<JsonElement> RepeatAsync(
        ShopClient client,
        Operation operation,
        CancellationToken cancel
    ) => new PatientClient(client, TimeProvider.System).AskAsync(operation, variables: null, cancel);
}
