using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Channels.Books;
using Shop.Channels.Faults;

namespace Shop.Channels.Control;

/// <summary>What tests in other processes do with the simulator: pay, decline, plan misbehaviour, read the books.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Map(IEndpointRouteBuilder routes, ChannelSimulator simulator)
    {
        routes.MapPost(
            "/control/{channel}/{outNo}/pay",
            (string channel, string outNo) => Do(() => simulator.Pay(channel, outNo))
        );
        routes.MapPost(
            "/control/{channel}/{outNo}/decline",
            (string channel, string outNo) => Do(() => simulator.Decline(channel, outNo))
        );
        routes.MapGet("/control/trades", () => Results.Json(simulator.Trades.All, _json));
        routes.MapPost(
            "/control/misbehave/call",
            async (HttpRequest request) =>
            {
                simulator.Misbehaviour.Plan((await request.ReadFromJsonAsync<CallScript>(_json))!);
                return Results.NoContent();
            }
        );
        routes.MapPost(
            "/control/misbehave/notice",
            async (HttpRequest request) =>
            {
                simulator.Misbehaviour.Plan((await request.ReadFromJsonAsync<NoticeScript>(_json))!);
                return Results.NoContent();
            }
        );
    }

    private static IResult Do(Func<Trade> deed)
    {
        try
        {
            return Results.Json(deed(), _json);
        }
        catch (KeyNotFoundException)
        {
            return Results.NotFound();
        }
        catch (InvalidOperationException refused)
        {
            return Results.Conflict(refused.Message);
        }
    }
}
