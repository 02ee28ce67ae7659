namespace Shop.Load;

/// <summary>Where the shop listens. Never another machine: load is for a shop of one's own.</summary>
internal sealed record ShopAddress
{
    private ShopAddress(Uri root)
    {
        Graph = new Uri(root, "/graphql");
        Staff = new Uri(root, "/graphql/admin");
        Socket = new UriBuilder(Graph) { Scheme = root.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
    }

    /// <summary>The endpoint for queries and mutations.</summary>
    public Uri Graph { get; }

    /// <summary>The endpoint of staff.</summary>
    public Uri Staff { get; }

    /// <summary>The endpoint for subscriptions.</summary>
    public Uri Socket { get; }

    /// <summary>
    /// <c>--url</c>; else what the shop of <c>SHOP_HOME</c> (<c>.shop</c> beside the solution) has written down while it
    /// runs; else port <c>SHOP_PORT</c>; else 5000.
    /// </summary>
    /// <exception cref="UsageException">It is no address, or not on this machine.</exception>
    public static ShopAddress Of(Arguments arguments) =>
        Parse(
            arguments.Text("url")
                ?? RunningShop.Find()?.Address
                ?? $"http://127.0.0.1:{Environment.GetEnvironmentVariable("SHOP_PORT") ?? "5000"}"
        );

    /// <exception cref="UsageException">It is no address, or not on this machine.</exception>
    public static ShopAddress Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var root)
        && (root.Scheme == Uri.UriSchemeHttp || root.Scheme == Uri.UriSchemeHttps)
        && root.IsLoopback
            ? new ShopAddress(root)
            : throw new UsageException($"'{address}' is no http address of this machine.");
}
