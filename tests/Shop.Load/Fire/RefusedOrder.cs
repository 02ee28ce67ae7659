using Shop.Load.Client;

namespace Shop.Load.Fire;

/// <summary>
/// An order that PostgreSQL refuses. The statement that holds it holds others' orders, too: they have to be placed, and the
/// connection that was refused has to serve whoever is next.
/// </summary>
/// <param name="town">Where it is refused.</param>
internal sealed class RefusedOrder(Town town)
{
    /// <summary>What PostgreSQL says of it.</summary>
    public const string Fault = "a fault that was planted";

    private const string Sku = "85123A";
    private const int Shopper = int.MaxValue;
    private const int Tries = 20;

    /// <summary>Has PostgreSQL refuse it.</summary>
    public Task PlantAsync() =>
        town.RunAsync(
            $"""
            create function orders.refuse() returns trigger language plpgsql as
                $$ begin raise exception '{Fault}' using errcode = '22021'; end $$;
            create trigger refuse before insert on orders."order"
                for each row when (new.email = 'shopper-{Shopper}@example.com') execute function orders.refuse();
            """,
            CancellationToken.None
        );

    /// <summary>Has a customer try to place it, time and again, and then refuses it no more.</summary>
    /// <exception cref="InvalidOperationException">It was placed.</exception>
    public async Task TryAsync(CancellationToken cancel)
    {
        foreach (var web in town.Webs)
        {
            using var shop = new ShopClient(web.Address!, connections: 1);
            for (var count = 0; count < Tries; count++)
            {
                var made = await shop.AskAsync(Operation.CartCreate, Placed.Cart([(Sku, 1)]), cancel);
                await TryAsync(shop, Placed.ReadCart(made).CartId!, cancel);
            }
        }

        await town.RunAsync("drop function orders.refuse() cascade", cancel);
    }

    private static async Task TryAsync(ShopClient shop, string cart, CancellationToken cancel)
    {
        try
        {
            await shop.AskAsync(Operation.OrderPlace, Placed.Order(cart, Shopper), cancel);
        }
        catch (ShopFaultException)
        {
            return;
        }

        throw new InvalidOperationException("An order was placed that PostgreSQL was to refuse.");
    }
}
