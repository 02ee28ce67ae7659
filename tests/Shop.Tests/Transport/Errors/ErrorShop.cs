using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Shipping;
using Shop.Data.Shipping.Edit;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Transport.Errors;

/// <summary>A shop that sells five tea pots, brought into the state that an example of docs/errors.md is about.</summary>
public sealed class ErrorShop : IAsyncLifetime
{
    /// <summary>The key that the example of IDEMPOTENCY_CONFLICT uses for the second time.</summary>
    private static readonly Guid _usedKey = new("0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7");

    private readonly ShopFixture _shop = new();
    private ShopNode? _node;
    private ErrorChannels? _channels;

    private HttpClient Client { get; } = new();

    private ShopNode Node => _node ?? throw new InvalidOperationException("Not started yet.");

    /// <summary>What the shop answers to an example, as the paper shows it.</summary>
    internal Task<string> AskAsync(ErrorExample example) =>
        example.Kind == "Problem" ? ProblemAsync(example) : ErrorAsync(example);

    private async Task<string> ProblemAsync(ErrorExample example) =>
        example.Code switch
        {
            "INVALID_INPUT" or "NOT_FOUND" or "VERSION_CONFLICT" => await SendAsync(
                example,
                ("CART_ID", await TeaPots.CartAsync(Node, units: 2))
            ),
            "INSUFFICIENT_STOCK" => await SendAsync(
                example,
                ("CART_ID", await TeaPots.CartAsync(Node, units: 8))
            ),
            "NOTHING_SELECTED" => await SendAsync(example, ("CART_ID", await OrderedCartAsync())),
            "PRICE_CHANGED" => await SendAsync(example, ("CART_ID", await RepricedCartAsync())),
            "CODE_REFUSED" or "TOTAL_CHANGED" => await SendAsync(
                example,
                ("CART_ID", await PricedCartAsync())
            ),
            "PROMOTION_USED_UP" => await SendAsync(example, await RefusedOrderAsync()),
            "SHIPPING_UNAVAILABLE" or "SHIPPING_NEEDED" => await WithShippingAsync(example),
            "TAX_UNAVAILABLE" => await WithoutTaxServiceAsync(example),
            "IDEMPOTENCY_CONFLICT" => await SendAsync(example, ("CART_ID", await OrderedCartAsync(_usedKey))),
            "THROTTLED" => await WithFullIntakeAsync(example),
            "NOT_ALLOWED_NOW" => await SendAsync(example, await CancelledOrderAsync()),
            "PAYMENT_OPEN"
            or "CHANNEL_UNAVAILABLE"
            or "AMOUNT_OUT_OF_RANGE"
            or "CURRENCY_NOT_SUPPORTED"
            or "CHANNEL_REFUSED"
            or "TOO_MUCH_REFUNDED" => await WithChannelsAsync(example),
            "EMAIL_TAKEN" => await SendAsync(example, ("ACCESS_TOKEN", await TokenAsync())),
            _ => await SendAsync(example),
        };

    private async Task<string> ErrorAsync(ErrorExample example) =>
        example.Code switch
        {
            "FORBIDDEN" => await SendAsync(example, ("ACCESS_TOKEN", await TokenAsync())),
            "INTROSPECTION_DISABLED" => await WithAsync("GraphQL:Limits:Introspection", "false", example),
            "DOCUMENT_NOT_TRUSTED" => await WithAsync("GraphQL:Documents:TrustedOnly", "true", example),
            "PERSISTED_QUERY_NOT_SUPPORTED" => await WithAsync(
                "GraphQL:Documents:Automatic",
                "false",
                example
            ),
            "NOT_FOUND" => await SendAsync(example, await CancelledOrderAsync()),
            "THROTTLED" => await WithNoPlaceLeftAsync(example),
            "SLOW_CONSUMER" => await WithLongStoryAsync(example),
            "TIMEOUT" => await WithSilentCatalogAsync(example),
            "SEARCH_UNAVAILABLE" => await WithoutEngineAsync(example),
            "INTERNAL" => await WithoutCatalogAsync(example),
            _ => await SendAsync(example),
        };

    public async ValueTask InitializeAsync()
    {
        await _shop.InitializeAsync();
        await TeaPots.StockAsync(_shop, units: 5);
        _node = await ShopNode.StartAsync(_shop);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await (_channels?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Node.DisposeAsync();
        await _shop.DisposeAsync();
    }

    private Task<string> SendAsync(ErrorExample example, params (string Word, string Value)[] words) =>
        SendAsync(Node, example, words);

    private async Task<string> SendAsync(
        ShopNode node,
        ErrorExample example,
        params (string Word, string Value)[] words
    )
    {
        var meanings = words.ToDictionary(word => word.Word, word => word.Value);
        using var request = example.ToRequest(node.Address, meanings);
        using var answer = await Client.SendAsync(request);
        return await ShownAnswer.OfAsync(answer, meanings);
    }

    // Ada's, who is a customer and no more.
    private async Task<string> TokenAsync()
    {
        var answer = await Node.AskAsync(
            """
            mutation {
              customerRegister(input: {email: "ada@example.com", password: "swordfish", name: "Ada"}) { accessToken }
            }
            """
        );
        return answer.GetProperty("customerRegister").GetProperty("accessToken").GetString()!;
    }

    private async Task<string> OrderedCartAsync(Guid? key = null)
    {
        var cart = await TeaPots.CartAsync(Node);
        await TeaPots.PlaceAsync(Node, key ?? Guid.CreateVersion7(), cart);
        return cart;
    }

    private async Task<string> RepricedCartAsync()
    {
        var cart = await TeaPots.CartAsync(Node);
        await PriceAsync(475);
        return cart;
    }

    private async Task<string> PricedCartAsync()
    {
        await PriceAsync(425);
        return await TeaPots.CartAsync(Node, units: 2);
    }

    private async Task PriceAsync(long minor)
    {
        await using var db = _shop.Get<Database<CatalogDb>>().OpenPrimary();
        await db.Variants.ExecuteUpdateAsync(set => set.SetProperty(row => row.PriceMinor, minor));
        await _shop
            .Get<CatalogAnnouncements>()
            .PublishAsync(await db.Products.Select(row => row.Id).ToListAsync());
        await _shop.ReplicaCaughtUpAsync();
    }

    // As the jobs write it, which do not run here.
    private async Task<(string, string)[]> RefusedOrderAsync()
    {
        var cart = await TeaPots.CartAsync(Node);
        var order = (await TeaPots.PlaceAsync(Node, Guid.CreateVersion7(), cart)).Order!.Value;
        await using var connection = await _shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await connection.ExecuteAsync(
            $"""
            update orders."order" set status = {(short)
                OrderStatus.Rejected}, refused_uses = jsonb_build_array(
                jsonb_build_object(
                    'promotion', jsonb_build_object('id', 1, 'title', 'Spring'), 'code', 'SPRING25', 'reason', 'UsedUp'))
            where id = (select max(id) from orders."order")
            """,
            CancellationToken.None
        );
        await _shop.ReplicaCaughtUpAsync();
        return [("ORDER_ID", order.Id), ("ACCESS_KEY", order.AccessKey)];
    }

    private async Task<(string, string)[]> CancelledOrderAsync()
    {
        var cart = await TeaPots.CartAsync(Node);
        var order = (await TeaPots.PlaceAsync(Node, Guid.CreateVersion7(), cart)).Order!.Value;
        await Node.AskAsync(
            """
            mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { problems { code } } }
            """,
            new
            {
                input = new
                {
                    idempotencyKey = Guid.CreateVersion7(),
                    order = new { id = order.Id },
                    accessKey = order.AccessKey,
                },
            }
        );
        return [("ORDER_ID", order.Id), ("ACCESS_KEY", order.AccessKey)];
    }

    // One is with the writer, who cannot go on; one waits; there is no place for a third.
    private async Task<string> WithFullIntakeAsync(ErrorExample example)
    {
        await using var small = await ShopNode.StartAsync(
            _shop,
            ("Orders:IntakeCapacity", "1"),
            ("Orders:IntakeWriters", "1"),
            ("Orders:IntakeBatch", "1")
        );
        var cart = await TeaPots.CartAsync(small);
        await using var connection = await _shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            $"lock table orders.idempotency_key in exclusive mode",
            CancellationToken.None
        );
        var asking = Enumerable
            .Range(0, 3)
            .Select(_ => SendAsync(small, example, ("CART_ID", cart)))
            .ToList();
        var answer = await await Task.WhenAny(asking);
        await slow.CommitAsync();
        await Task.WhenAll(asking);
        return answer;
    }

    private async Task<string> WithNoPlaceLeftAsync(ErrorExample example)
    {
        await using var small = await ShopNode.StartAsync(_shop, ("GraphQL:Transport:MaxConnections", "1"));
        using var taken = await SocketClient.OpenAsync(small.Address);
        return await SendAsync(small, example);
    }

    // All of its steps come at once, and only one may wait.
    private async Task<string> WithLongStoryAsync(ErrorExample example)
    {
        await using var small = await ShopNode.StartAsync(_shop, ("GraphQL:Limits:MaxPendingEvents", "1"));
        var order = (await TeaPots.PlaceAsync(small, Guid.CreateVersion7(), await TeaPots.CartAsync(small)))
            .Order!
            .Value;
        await using var connection = await _shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await connection.ExecuteAsync(
            $"""
            insert into orders.order_event (order_id, sequence, from_status, to_status, actor, at)
            select order_id, step, from_status, to_status, actor, at
            from orders.order_event, generate_series(2, 500) step
            where order_id = (select max(id) from orders."order")
            """,
            CancellationToken.None
        );
        await _shop.ReplicaCaughtUpAsync();
        return await SendAsync(small, example, ("ORDER_ID", order.Id), ("ACCESS_KEY", order.AccessKey));
    }

    private async Task<string> WithChannelsAsync(ErrorExample example)
    {
        _channels ??= await ErrorChannels.StartAsync(_shop);
        return await SendAsync(_channels.Node, example, await _channels.PrepareAsync(example.Code));
    }

    // Ships nowhere, and for no other example.
    private async Task<string> WithShippingAsync(ErrorExample example)
    {
        var saveMethod = _shop.Get<SaveMethod>();
        var method = new Method
        {
            Id = default,
            Title = "Standard",
            IsActive = true,
        };
        var saved = await saveMethod.RunAsync(
            new(Guid.CreateVersion7(), null, null, method, new(7)),
            CancellationToken.None
        );
        var id = ((SaveShippingResult<ShippingMethodId>.Saved)saved).Id;
        await using var node = await ShopNode.StartAsync(_shop);
        var cart = await TeaPots.CartAsync(node);
        var option = GlobalId.Of(id).ToString();
        if (example.Code == "SHIPPING_UNAVAILABLE")
        {
            await node.AskAsync(
                "mutation ($input: CartShippingInput!) { cartShippingSelect(input: $input) { problems { code } } }",
                new { input = new { cartId = cart, shippingOptionId = option } }
            );
        }

        var answer = await SendAsync(node, example, ("CART_ID", cart), ("OPTION_ID", option));
        await saveMethod.RunAsync(
            new(Guid.CreateVersion7(), id, null, method with { IsActive = false }, new(7)),
            CancellationToken.None
        );
        return answer;
    }

    // Nobody listens there.
    private async Task<string> WithoutTaxServiceAsync(ErrorExample example)
    {
        await using var node = await ShopNode.StartAsync(
            _shop,
            ("Channel:TaxService:Address", "http://127.0.0.1:9/")
        );
        return await SendAsync(node, example, ("CART_ID", await TeaPots.CartAsync(node)));
    }

    private async Task<string> WithAsync(string setting, string value, ErrorExample example)
    {
        await using var node = await ShopNode.StartAsync(_shop, (setting, value));
        return await SendAsync(node, example);
    }

    // Nobody listens there, and it has no index yet.
    private async Task<string> WithoutEngineAsync(ErrorExample example)
    {
        await using var node = await ShopNode.StartAsync(
            _shop,
            ("Search:Elastic:Nodes:0", "http://127.0.0.1:1"),
            ("Search:Fallback", "false")
        );
        return await SendAsync(node, example);
    }

    // Takes connections, and says nothing.
    private async Task<string> WithSilentCatalogAsync(ErrorExample example)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        return await WithCatalogAsync(
            $"Host=127.0.0.1;Port={port};Username=shop;Database=shop;Timeout=1",
            example,
            ("GraphQL:Limits:Timeout", "00:00:00.500")
        );
    }

    // A database that answers, and has none of its tables.
    private Task<string> WithoutCatalogAsync(ErrorExample example) =>
        WithCatalogAsync(
            new NpgsqlConnectionStringBuilder(_shop.Postgres) { Database = "postgres" }.ConnectionString,
            example
        );

    private async Task<string> WithCatalogAsync(
        string connection,
        ErrorExample example,
        params (string, string)[] settings
    )
    {
        await using var node = await ShopNode.StartAsync(
            _shop,
            [("ConnectionStrings:Catalog", connection), .. settings]
        );
        return await SendAsync(node, example);
    }
}
