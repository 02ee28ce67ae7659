using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Shop.Load.Bench;

/// <summary>The shop's own code on the stores of the shop that runs, for what no client can do. It serves nothing, and runs no jobs.</summary>
internal static class BackOffice
{
    /// <param name="stores">Of the shop that runs.</param>
    /// <param name="settings">What is set otherwise than there.</param>
    public static WebApplication Build(
        RunningShop stores,
        params IEnumerable<KeyValuePair<string, string?>> settings
    )
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection([
            new("ConnectionStrings:Shop", stores.Postgres),
            new("ConnectionStrings:Redis", stores.Redis),
            new("Jobs:InProcess", "false"),
            new("Operations:Port", "0"),
            .. settings,
        ]);
        return global::Shop.GraphQL.Host.Program.Build(builder);
    }
}
